"""Search for the vectors nearest to queries, and for how many of the nearest lists hold."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.progress import Callback
from apps.common.compute.threads import Workers
from apps.embeddings.compute.beam import search_graph
from apps.embeddings.compute.chunked import search_chunks, settle_chunks
from apps.embeddings.compute.lists import Lists, settle
from apps.embeddings.compute.recall import share_found
from apps.embeddings.compute.space import prepare

# A search along a graph remembers twice as many rows as asked for, or this many.
FEWEST_KEPT = 32


def search(
    vectors: NDArray[Any],
    queries: NDArray[Any],
    n_neighbors: int,
    *,
    metric: str = "euclidean",
    graph: NDArray[np.int32] | None = None,
    n_threads: int | None = None,
    callback: Callback | None = None,
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Find the vectors nearest to each query.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        As of `nearest_neighbors`. Without a graph they are read and searched by chunks.
    queries : ndarray of shape (m, d)
        Finite floats.
    n_neighbors : int
        How many; all n where there are fewer.
    graph : ndarray of shape (n, k) and dtype int32, or None, default=None
        Lists of `nearest_neighbors`: the search then follows them, approximately, at a cost that hardly grows with n.
        None compares each query with all vectors.
    metric, n_threads, callback
        As of `nearest_neighbors`. "dot" measures from the largest squared norm of the vectors.

    Returns
    -------
    indices : ndarray of shape (m, n_neighbors) and dtype int32
        By ascending distance; a vector equal to the query is like any other.
    distances : ndarray of shape (m, n_neighbors) and dtype float32
    """
    phase = "Searching"
    n_neighbors = min(n_neighbors, len(vectors))
    with Workers(n_threads, callback) as workers:
        if graph is None:
            space, lists = search_chunks(vectors, queries, n_neighbors, metric, workers, phase=phase)
            return lists.indices, space.original(lists.distances)
        space = prepare(vectors, metric, queries=queries, tell=lambda: workers.report(phase, 0.0))
        asked = space.like(queries)
        known = np.ascontiguousarray(graph, dtype=np.int32)
        kept = max(2 * n_neighbors, FEWEST_KEPT)
        lists = search_graph(asked, space, known, n_neighbors, workers, kept=kept, phase=phase, share=(0.0, 0.99))
        settle(asked, space, lists, workers, phase)
        return lists.indices, space.original(lists.distances)


def measure_recall(
    vectors: NDArray[Any],
    indices: NDArray[np.int32],
    *,
    metric: str = "euclidean",
    n_queries: int = 1000,
    random_state: int = 0,
    n_threads: int | None = None,
    callback: Callback | None = None,
) -> float:
    """Measure which share of the true neighbours of sampled rows is in their lists.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        As of `nearest_neighbors`; read by chunks.
    indices : ndarray of shape (n, k) and dtype int32
        Each row itself first.
    n_queries : int, default=1000
        Size of the sample, whose true neighbours are searched among all rows.
    random_state : int, default=0
        Seed of the sample.
    metric, n_threads, callback
        As of `nearest_neighbors`.

    Returns
    -------
    float
        0 … 1. A neighbour that is as near as the farthest of the true ones counts: among equals none is wrong.
    """
    n, n_neighbors = indices.shape
    if n_neighbors < 2:
        return 1.0
    phase = "Measuring the neighbours"
    rows = np.sort(np.random.default_rng(random_state).permutation(n)[:n_queries]).astype(np.int32)
    with Workers(n_threads, callback) as workers:
        asked = vectors[rows]
        space, true = search_chunks(vectors, asked, n_neighbors - 1, metric, workers, phase=phase, own=rows)
        found = Lists.empty(len(rows), n_neighbors - 1)
        found.indices[:] = indices[rows, 1:]
        settle_chunks(vectors, space.like(asked), found, workers, phase)
        return share_found(found, true)
