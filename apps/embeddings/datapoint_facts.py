from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from apps.datasets import bitmaps
from apps.datasets.bitmaps import Rows
from apps.datasets.page_facts import page_fact
from apps.embeddings.models import EmbeddingSet


@dataclass(frozen=True)
class EmbeddingOf:
    """That an embedding set holds a vector of a datapoint."""

    embedding_set: EmbeddingSet


@page_fact("embeddings")
def embeddings_of(dataset_id: UUID, rows: Rows) -> Mapping[int, list[EmbeddingOf]]:
    wanted = bitmaps.of_rows(rows)
    found: dict[int, list[EmbeddingOf]] = defaultdict(list)
    sets = EmbeddingSet.objects.filter(dataset=dataset_id).select_related("vectors")
    for embedding_set in sets.order_by("-created_at", "id"):
        for row in bitmaps.load(embedding_set.vectors.present) & wanted:
            found[row].append(EmbeddingOf(embedding_set))
    return found
