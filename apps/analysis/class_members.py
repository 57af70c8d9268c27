"""What a class-quality job reads: the reference's labelled vectors, and the targets' vectors with their inferences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from apps.analysis.models import AnalysisKind, AnalysisSource
from apps.common.errors import NotFound
from apps.datasets import bitmaps
from apps.datasets.bitmaps import Rows
from apps.datasets.columns import iter_column, present_rows
from apps.datasets.dense import dense_column
from apps.datasets.models import Datapoint, DatapointRole, Dataset
from apps.embeddings.models import EmbeddingSet
from apps.jobs.run import JobRun
from apps.lineage.models import InferenceSet, TrainedModel

Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Members:
    """Datapoints of one source that have a vector, and the category of each."""

    source: AnalysisSource
    rows: Rows
    # 0 for what is known to be of no category: see `labelled_members`.
    categories: Codes
    # How many more have a vector.
    left_out: int

    @property
    def dataset(self) -> Dataset:
        return self.source.dataset

    @property
    def embedding_set(self) -> EmbeddingSet:
        assert self.source.embedding_set is not None, "every source of this kind of analysis has vectors"
        return self.source.embedding_set

    def without(self, dropped: NDArray[np.bool_]) -> Members:
        return Members(self.source, self.rows[~dropped], self.categories[~dropped], self.left_out)


def labelled_members(source: AnalysisSource) -> Members:
    """The labelled datapoints, and with them the objects that a match found spurious: they are of no category.

    An unlabelled datapoint that no match has looked at may be of any category.
    """
    members = _members(source, "label")
    matched_models = AnalysisSource.objects.filter(
        dataset=source.dataset, analysis__kind=AnalysisKind.MATCH_OBJECTS, analysis__finished_at__isnull=False
    ).values_list("analysis__trained_model", flat=True)
    spurious = Datapoint.objects.filter(
        dataset=source.dataset, category=None, source__in=[str(pk) for pk in matched_models]
    )
    is_left_out = (members.categories == 0) & ~np.isin(members.rows, _rows_of(spurious))
    return replace(members.without(is_left_out), left_out=int(is_left_out.sum()))


def inferred_members(source: AnalysisSource, trained_model: TrainedModel) -> Members:
    """The datapoints of which the model has said something."""
    inferences = InferenceSet.objects.filter(trained_model=trained_model, dataset=source.dataset).first()
    if inferences is None:
        raise NotFound(f"The inferences of {source.dataset.name} were deleted meanwhile.")
    members = _members(source, f"inference:{inferences.pk}")
    is_silent = members.categories == 0
    # Of the ground truth nobody expects an inference.
    truth = Datapoint.objects.filter(dataset=source.dataset, role=DatapointRole.OBJECT, source="")
    is_left_out = is_silent & ~np.isin(members.rows, _rows_of(truth))
    return replace(members.without(is_silent), left_out=int(is_left_out.sum()))


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


def _rows_of(datapoints: QuerySet[Datapoint]) -> NDArray[np.int64]:
    return np.fromiter(datapoints.order_by().values_list("row", flat=True).iterator(), dtype=np.int64)


def _members(source: AnalysisSource, column: str) -> Members:
    """All datapoints that have a vector and still exist, 0 where the column has no value."""
    assert source.embedding_set is not None, "every source of this kind of analysis has vectors"
    codes, is_there = dense_column(source.dataset, column).read()
    rows = bitmaps.rows_of(
        present_rows(source.embedding_set.vectors, source.vectors_version) & bitmaps.load(source.dataset.alive)
    )
    rows = rows[rows < len(codes)]
    return Members(source, rows, np.where(is_there, codes, 0)[rows].astype(np.int64), left_out=0)
