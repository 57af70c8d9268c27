"""Storing the graph of neighbours: files first, then, in one transaction, the rows that name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from apps.common.errors import NotFound
from apps.datasets import bitmaps
from apps.datasets.columns import PendingSegment, append_segments, create_column, write_segments
from apps.datasets.locks import lock_datasets
from apps.datasets.models import Column, ColumnKind, Dataset
from apps.embeddings.models import EmbeddingSet, Metric, NeighborGraph
from apps.embeddings.neighbors import Neighbors, common_rows, stored_graph
from apps.projects.journal import record_change
from apps.projects.models import Project
from apps.storage.files import folder_of

# A graph is written whole once its segments hold so many times the lists that count: reading them all costs no more.
MOST_LAYERS = 3


@dataclass(frozen=True)
class PendingGraph:
    """Lists whose files are stored but which belong to no graph yet."""

    embedding_set: EmbeddingSet
    metric: Metric
    n_neighbors: int
    version: int
    recall: float
    # How many datapoints have a list, and how long each is.
    count: int
    width: int
    rows: Sequence[PendingSegment]
    distances: Sequence[PendingSegment]
    # The graph that the segments are appended to, as it was read; None where they are whole.
    extended: NeighborGraph | None


def write_graph(
    embedding_set: EmbeddingSet,
    graph: NeighborGraph | None,
    known: Neighbors | None,
    found: Neighbors,
    *,
    metric: Metric,
    n_neighbors: int,
    version: int,
) -> PendingGraph:
    """Store the lists that differ from the known ones, or all where nothing is known. Stands outside a transaction."""
    folder = folder_of(embedding_set.dataset.project_id)
    extended, written = None, np.ones(len(found.rows), dtype=np.bool_)
    if graph is not None and known is not None and known.indices.shape[1] == found.indices.shape[1]:
        changed = _differs(known, found)
        if _stored_lists(graph) + int(changed.sum()) <= MOST_LAYERS * len(found.rows):
            extended, written = graph, changed
    rows = found.rows[written]
    lists = found.rows[found.indices[written]]
    return PendingGraph(
        embedding_set=embedding_set,
        metric=metric,
        n_neighbors=n_neighbors,
        version=version,
        recall=found.recall,
        count=len(found.rows),
        width=found.indices.shape[1],
        rows=write_segments(folder, rows=rows, values=lists, dtype="uint32"),
        distances=write_segments(folder, rows=rows, values=found.distances[written], dtype="float32"),
        extended=extended,
    )


def name_graph(pending: PendingGraph) -> bool:
    """Write the rows that name the files. Must run inside a transaction. False where another graph came first."""
    dataset = pending.embedding_set.dataset
    lock_datasets(Dataset.objects.filter(pk=dataset.pk))
    # Before anything is written: who deletes takes the project's lock before it deletes columns.
    Project.objects.select_for_update(no_key=True).get(pk=dataset.project_id)
    sets = EmbeddingSet.objects.select_related("vectors", "dataset__project")
    current = sets.filter(pk=pending.embedding_set.pk, dataset__deleted_at=None).first()
    if current is None:
        raise NotFound("The embedding set was deleted meanwhile.")
    graph = stored_graph(current, pending.metric)
    if graph is not None and not _may_replace(graph, pending):
        return False
    graph = _replaced(graph, pending, current) if pending.extended is None else _extended(graph, pending)
    _forget_the_gone(graph, bitmaps.load(current.vectors.present))
    record_change(current.dataset.project, kind="updated", target=current, version=pending.version)
    return True


def _may_replace(graph: NeighborGraph, pending: PendingGraph) -> bool:
    if pending.extended is not None:
        same = pending.extended.rows_id == graph.rows_id
        return same and pending.extended.vectors_version == graph.vectors_version
    if graph.vectors_version != pending.version:
        return graph.vectors_version < pending.version
    # Where datapoints went since, lists may be longer than there are others.
    is_right = graph.rows.width == min(graph.n_neighbors, pending.count)
    return graph.n_neighbors < pending.n_neighbors or not is_right


def _extended(graph: NeighborGraph | None, pending: PendingGraph) -> NeighborGraph:
    if graph is None:
        raise NotFound("The neighbours were deleted meanwhile.")
    append_segments(graph.rows, pending.rows)
    append_segments(graph.distances, pending.distances)
    graph.vectors_version, graph.recall = pending.version, pending.recall
    graph.save(update_fields=["vectors_version", "recall", "updated_at"])
    return graph


def _replaced(graph: NeighborGraph | None, pending: PendingGraph, embedding_set: EmbeddingSet) -> NeighborGraph:
    if graph is not None:
        delete_graph(graph)
    made = [
        create_column(dataset=embedding_set.dataset, kind=ColumnKind.VECTOR, dtype=dtype, width=pending.width)
        for dtype in ("uint32", "float32")
    ]
    append_segments(made[0], pending.rows)
    append_segments(made[1], pending.distances)
    return NeighborGraph.objects.create(
        embedding_set=embedding_set,
        metric=pending.metric,
        n_neighbors=pending.n_neighbors,
        rows=made[0],
        distances=made[1],
        vectors_version=pending.version,
        recall=pending.recall,
    )


def delete_graph(graph: NeighborGraph) -> None:
    """Delete a graph with its columns."""
    columns = [graph.rows_id, graph.distances_id]
    graph.delete()
    Column.objects.filter(pk__in=columns).delete()


def _forget_the_gone(graph: NeighborGraph, present: BitMap) -> None:
    """Take away the lists of datapoints that have no vector any more."""
    for column in (graph.rows, graph.distances):
        append_segments(column, [], cleared=bitmaps.load(column.present) - present)


def _differs(known: Neighbors, found: Neighbors) -> NDArray[np.bool_]:
    """Which of the found lists are not among the known ones."""
    here, there = common_rows(found.rows, known.rows)
    near, before = found.rows[found.indices[here]], known.rows[known.indices[there]]
    same = (near == before) & (known.indices[there] >= 0) & (found.distances[here] == known.distances[there])
    differs = np.ones(len(found.rows), dtype=np.bool_)
    differs[here] = ~same.all(axis=1)
    return differs


def _stored_lists(graph: NeighborGraph) -> int:
    return sum(graph.rows.segments.values_list("row_count", flat=True))
