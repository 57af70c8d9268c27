"""What a class-quality job reads: the reference's labelled vectors, and the targets' vectors with their inferences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.models import AnalysisSource
from apps.common.errors import NotFound
from apps.datasets import bitmaps
from apps.datasets.bitmaps import Rows
from apps.datasets.columns import iter_column, present_rows
from apps.datasets.dense import dense_column
from apps.datasets.models import Dataset
from apps.embeddings.models import EmbeddingSet
from apps.jobs.run import JobRun
from apps.lineage.models import InferenceSet, TrainedModel

Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Members:
    """Datapoints of one source that have a vector and a category."""

    source: AnalysisSource
    rows: Rows
    categories: Codes
    # How many have a vector but no category.
    without_category: int

    @property
    def dataset(self) -> Dataset:
        return self.source.dataset

    @property
    def embedding_set(self) -> EmbeddingSet:
        assert self.source.embedding_set is not None, "every source of this kind of analysis has vectors"
        return self.source.embedding_set

    def among(self, categories: Codes) -> Members:
        """Those of certain categories."""
        chosen = np.isin(self.categories, categories)
        return Members(self.source, self.rows[chosen], self.categories[chosen], self.without_category)


def labelled_members(source: AnalysisSource) -> Members:
    return _members(source, "label")


def inferred_members(source: AnalysisSource, trained_model: TrainedModel) -> Members:
    inferences = InferenceSet.objects.filter(trained_model=trained_model, dataset=source.dataset).first()
    if inferences is None:
        raise NotFound(f"The inferences of {source.dataset.name} were deleted meanwhile.")
    return _members(source, f"inference:{inferences.pk}")


def read_vectors(run: JobRun, parts: list[Members], phase: str) -> NDArray[Any]:
    """The vectors of the members as one array on disk, part after part, block by block."""
    total = sum(len(part.rows) for part in parts)
    dtype = np.result_type(*(part.embedding_set.vectors.dtype for part in parts))
    vectors = run.scratch.array((total, parts[0].embedding_set.dimension), dtype)
    filled = 0
    for part in parts:
        for rows, block in iter_column(part.embedding_set.vectors, version=part.source.vectors_version):
            run.progress(phase, filled, total)
            wanted = block[np.isin(rows, part.rows, assume_unique=True)]
            vectors[filled : filled + len(wanted)] = wanted
            filled += len(wanted)
    return vectors


def places_in(reference: Members, part: Members) -> Codes:
    """Where each member stands in the reference; -1 where it is not one of its vectors."""
    places = np.full(len(part.rows), -1, dtype=np.int64)
    if part.embedding_set.pk == reference.embedding_set.pk and len(reference.rows):
        at = np.minimum(np.searchsorted(reference.rows, part.rows), len(reference.rows) - 1)
        is_there = reference.rows[at] == part.rows
        places[is_there] = at[is_there]
    return places


def _members(source: AnalysisSource, column: str) -> Members:
    """Only datapoints that still exist: the dense column leaves out the others."""
    assert source.embedding_set is not None, "every source of this kind of analysis has vectors"
    codes, is_there = dense_column(source.dataset, column).read()
    vectors = present_rows(source.embedding_set.vectors, source.vectors_version)
    rows = bitmaps.rows_of(vectors & bitmaps.load(source.dataset.alive))
    rows = rows[rows < len(codes)]
    chosen = is_there[rows]
    return Members(
        source=source,
        rows=rows[chosen],
        categories=codes[rows[chosen]].astype(np.int64),
        without_category=int((~chosen).sum()),
    )
