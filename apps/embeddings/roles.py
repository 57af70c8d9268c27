"""Embedding sets may hold vectors of contexts, of objects, or of both."""

from __future__ import annotations

from dataclasses import dataclass

from pyroaring import BitMap

from apps.datasets import bitmaps
from apps.datasets.models import DatapointRole, Dataset
from apps.embeddings.models import EmbeddingSet


@dataclass(frozen=True)
class RoleCounts:
    contexts: int
    objects: int


def count_roles(embedding_set: EmbeddingSet) -> RoleCounts:
    present = bitmaps.load(embedding_set.vectors.present)
    objects = len(present & bitmaps.load(embedding_set.dataset.object_rows))
    return RoleCounts(contexts=len(present) - objects, objects=objects)


def rows_in_role(rows: BitMap, dataset: Dataset, role: str) -> BitMap:
    """Those of a dataset's existing rows that have the role; all of them where none is named."""
    if not role:
        return rows
    objects = bitmaps.load(dataset.object_rows)
    return rows & objects if role == DatapointRole.OBJECT else rows - objects
