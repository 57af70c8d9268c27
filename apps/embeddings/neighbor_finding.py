"""Neighbours in a job: the stored ones where they are right, mended where some are, otherwise made; and stored."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from apps.datasets import bitmaps
from apps.datasets.bitmaps import Rows
from apps.datasets.columns import iter_column, present_rows
from apps.embeddings.models import EmbeddingSet, Metric, NeighborGraph
from apps.embeddings.neighbor_storing import name_graph, write_graph
from apps.embeddings.neighbors import Neighbors, common_rows, read_neighbors, rows_behind, stored_graph
from apps.embeddings.sharding import find_in_parts, is_in_parts
from apps.jobs.run import JobRun

BUILD = "apps.embeddings.compute.graph:build_graph"
MEND = "apps.embeddings.compute.graph:mend_graph"
PHASE = "Finding neighbours"


def read_vectors(run: JobRun, embedding_set: EmbeddingSet, version: int) -> tuple[NDArray[Any], Rows]:
    """The vectors of the datapoints that exist, at a version, as a file for the compute process; and their rows."""
    alive = bitmaps.load(embedding_set.dataset.alive)
    rows = bitmaps.rows_of(present_rows(embedding_set.vectors, version) & alive)
    is_wanted = bitmaps.mask_of(bitmaps.of_rows(rows), embedding_set.dataset.next_row)
    dtype = np.result_type(np.float32, embedding_set.vectors.dtype)
    vectors = run.scratch.array((len(rows), embedding_set.dimension), dtype)
    filled = 0
    for block_rows, block in iter_column(embedding_set.vectors, version=version):
        run.progress("Reading the vectors", filled, len(rows))
        chosen = block[is_wanted[block_rows]]
        vectors[filled : filled + len(chosen)] = chosen
        filled += len(chosen)
    return vectors, rows


def find_neighbors(
    run: JobRun,
    embedding_set: EmbeddingSet,
    vectors: NDArray[Any],
    rows: Rows,
    *,
    version: int,
    metric: Metric,
    n_neighbors: int,
) -> Neighbors:
    """The neighbours of all vectors of an embedding set, at a version: kept for whoever needs them next.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        As `read_vectors` gives them.
    rows : ndarray of shape (n,) and dtype uint32
        Which datapoints they are of, ascending.
    version : int
        Of the vectors.
    n_neighbors : int
        The datapoint itself included.

    Returns
    -------
    neighbors : Neighbors
        Of exactly these rows, with min(n_neighbors, n) neighbours each.
    """
    graph = stored_graph(embedding_set, metric)
    known = _usable(graph, len(rows), n_neighbors, version)
    asked = n_neighbors
    if graph is None or known is None:
        if is_in_parts(run, len(rows), metric):
            found = find_in_parts(
                run, embedding_set, vectors, rows, version=version, metric=metric, n_neighbors=n_neighbors
            )
        else:
            found = _computed(run, BUILD, vectors, rows, n_neighbors=min(n_neighbors, len(rows)), metric=metric)
    elif graph.vectors_version == version and _is_whole(known, rows):
        return known.first(n_neighbors)
    else:
        found = _mended(run, vectors, rows, known, rows_behind(graph, embedding_set.vectors), metric)
        asked = graph.n_neighbors
    pending = write_graph(embedding_set, graph, known, found, metric=metric, n_neighbors=asked, version=version)
    with run.transaction():
        name_graph(pending)
    return found.first(n_neighbors)


def _is_whole(known: Neighbors, rows: Rows) -> bool:
    """Whether the lists are of exactly these rows and name no others: some may have been deleted since."""
    return bool(np.array_equal(known.rows, rows)) and int(known.indices.min(initial=0)) >= 0


def _usable(graph: NeighborGraph | None, n: int, n_neighbors: int, version: int) -> Neighbors | None:
    """The lists of a graph that can be reused or mended: as many neighbours as are wanted, of no later vectors."""
    if graph is None or graph.n_neighbors < n_neighbors or graph.vectors_version > version:
        return None
    return read_neighbors(graph) if graph.rows.width == min(graph.n_neighbors, n) else None


def _mended(
    run: JobRun, vectors: NDArray[Any], rows: Rows, known: Neighbors, behind: BitMap, metric: Metric
) -> Neighbors:
    width = known.indices.shape[1]
    if metric == Metric.DOT:
        return _computed(run, BUILD, vectors, rows, n_neighbors=width, metric=metric)
    here, there = common_rows(rows, known.rows)
    # Where each known datapoint stands now; the last place answers for -1.
    moved = np.full(len(known.rows) + 1, -1, dtype=np.int32)
    moved[there] = here
    indices = np.full((len(rows), width), -1, dtype=np.int32)
    distances = np.full((len(rows), width), np.inf, dtype=np.float32)
    indices[here], distances[here] = moved[known.indices[there]], known.distances[there]
    is_changed = np.ones(len(rows), dtype=np.bool_)
    is_changed[here] = np.isin(rows[here], bitmaps.rows_of(behind), assume_unique=True)
    return _computed(run, MEND, vectors, rows, indices, distances, is_changed, metric=metric)


def _computed(
    run: JobRun, function: str, vectors: NDArray[Any], rows: Rows, *arrays: NDArray[Any], **arguments: Any
) -> Neighbors:
    found = run.compute(function, vectors, *arrays, phase=PHASE, **arguments)
    return Neighbors(rows, np.asarray(found["indices"]), np.asarray(found["distances"]), float(found["recall"]))
