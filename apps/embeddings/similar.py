"""The datapoints whose vectors are nearest to one vector: from the stored neighbours where they know, else exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from apps.common.errors import BadUserInput, LimitExceeded
from apps.datasets import bitmaps
from apps.datasets.columns import iter_stored, present_rows, read_rows
from apps.datasets.models import Datapoint, Dataset
from apps.embeddings.compute.similar import NearestSoFar
from apps.embeddings.models import EmbeddingSet, Metric
from apps.embeddings.neighbors import read_list, stored_graph
from apps.embeddings.roles import rows_in_role

MOST_SIMILAR = 500
MOST_DATASETS = 64

Vector = NDArray[np.float64]
# Rows by dataset: what must not be among the results.
LeftOut = Mapping[UUID, BitMap]


@dataclass(frozen=True)
class Found:
    """One of the nearest datapoints: its row in an embedding set's dataset."""

    embedding_set: EmbeddingSet
    row: int
    distance: float


@dataclass(frozen=True)
class Similar:
    """The nearest, ascending. `is_exact` unless they come from stored neighbours that may have missed some."""

    found: Sequence[Found]
    is_exact: bool


def sets_among(embedding_set: EmbeddingSet, datasets: Sequence[Dataset]) -> list[EmbeddingSet]:
    """The embedding sets of the same layer in these datasets; the set alone where none are named."""
    if not datasets:
        return [embedding_set]
    if len(datasets) > MOST_DATASETS:
        raise LimitExceeded(f"Look in at most {MOST_DATASETS} datasets at once.", field="amongDatasetIds")
    found = []
    for dataset in datasets:
        there = set_of(embedding_set, dataset)
        if there is None:
            raise BadUserInput(
                f"The dataset {dataset.name!r} has no embeddings of the layer {embedding_set.layer.name!r}.",
                field="amongDatasetIds",
            )
        if there.dimension != embedding_set.dimension:
            raise BadUserInput(
                f"The embeddings of {dataset.name!r} have {there.dimension} dimensions, those asked about "
                f"{embedding_set.dimension}.",
                field="amongDatasetIds",
            )
        found.append(there)
    return found


def set_of(embedding_set: EmbeddingSet, dataset: Dataset) -> EmbeddingSet | None:
    """The embedding set of the same layer in a dataset."""
    sets = EmbeddingSet.objects.select_related("dataset", "vectors", "layer")
    return sets.filter(layer=embedding_set.layer_id, dataset=dataset.pk).first()


def similar_to_datapoint(
    embedding_set: EmbeddingSet,
    datapoint: Datapoint,
    *,
    among: Sequence[EmbeddingSet],
    metric: Metric,
    first: int,
    role: str = "",
    leaves_out_itself: bool = True,
) -> Similar:
    """The nearest of a datapoint, by its own vector of the same layer."""
    own = set_of(embedding_set, datapoint.dataset)
    left_out = {datapoint.dataset_id: BitMap([datapoint.row])} if leaves_out_itself else {}
    if own is None or own.dimension != embedding_set.dimension:
        raise _no_vector(datapoint)
    if [found.pk for found in among] == [own.pk]:
        known = _from_graph(own, datapoint.row, metric=metric, first=first, role=role, left_out=left_out)
        if known is not None:
            return Similar(known, is_exact=False)
    vector = read_rows(own.vectors, np.array([datapoint.row], dtype=np.uint32))
    if not vector.present[0]:
        raise _no_vector(datapoint)
    return similar_to_vector(vector.values[0], among=among, metric=metric, first=first, role=role, left_out=left_out)


def similar_to_vector(
    vector: NDArray[np.floating],
    *,
    among: Sequence[EmbeddingSet],
    metric: Metric,
    first: int,
    role: str = "",
    left_out: LeftOut | None = None,
) -> Similar:
    """The nearest of a vector, among all vectors of the embedding sets: read once, segment by segment."""
    nearest = NearestSoFar(vector, first, metric=metric)
    for source, embedding_set in enumerate(among):
        wanted = _wanted(embedding_set, role, left_out or {})
        for rows, values in iter_stored(embedding_set.vectors, version=embedding_set.vectors.version):
            is_wanted = np.isin(rows, bitmaps.rows_of(wanted & bitmaps.of_rows(rows)), assume_unique=True)
            nearest.look_at(source, rows, values, is_wanted)
    found = zip(*(each.tolist() for each in nearest.nearest()), strict=True)
    return Similar([Found(among[source], row, distance) for source, row, distance in found], is_exact=True)


def centre_of(embedding_set: EmbeddingSet, rows: Mapping[Dataset, BitMap], *, metric: Metric) -> tuple[Vector, LeftOut]:
    """The mean of the datapoints' vectors of a layer, each of length 1 for metrics of direction; and whose they are."""
    total, count, left_out = np.zeros(embedding_set.dimension), 0, {}
    for dataset, chosen in rows.items():
        there = set_of(embedding_set, dataset)
        if there is None or there.dimension != embedding_set.dimension:
            continue
        left_out[dataset.pk] = chosen
        for _, values in iter_stored(there.vectors, version=there.vectors.version, wanted=chosen):
            block = _directions(values.astype(np.float64), metric)
            total += block.sum(axis=0)
            count += len(block)
    if not count:
        raise BadUserInput("None of the selected datapoints has a vector of this layer.", field="selectionId")
    return total / count, left_out


def _directions(block: NDArray[np.float64], metric: Metric) -> NDArray[np.float64]:
    if metric == Metric.CORRELATION:
        block = block - block.mean(axis=1, keepdims=True)
    if metric not in (Metric.COSINE, Metric.CORRELATION):
        return block
    norms = np.linalg.norm(block, axis=1, keepdims=True)
    found: NDArray[np.float64] = np.divide(block, norms, out=np.zeros_like(block), where=norms > 0)
    return found


def _from_graph(
    embedding_set: EmbeddingSet, row: int, *, metric: Metric, first: int, role: str, left_out: LeftOut
) -> list[Found] | None:
    """What the stored neighbours say, where they are of these very vectors and enough of them are wanted."""
    graph = stored_graph(embedding_set, metric)
    if graph is None or graph.vectors_version != embedding_set.vectors.version:
        return None
    known = read_list(graph, row)
    if known is None:
        return None
    wanted = _wanted(embedding_set, role, left_out)
    pairs = zip(known[0].tolist(), known[1].tolist(), strict=True)
    found = [Found(embedding_set, near, distance) for near, distance in pairs if near in wanted][:first]
    return found if len(found) == min(first, len(wanted)) else None


def _wanted(embedding_set: EmbeddingSet, role: str, left_out: LeftOut) -> BitMap:
    dataset = embedding_set.dataset
    there = present_rows(embedding_set.vectors) & bitmaps.load(dataset.alive)
    return rows_in_role(there, dataset, role) - left_out.get(dataset.pk, BitMap())


def _no_vector(datapoint: Datapoint) -> BadUserInput:
    return BadUserInput(f"The datapoint {datapoint.key!r} has no vector of this layer.", field="datapointId")
