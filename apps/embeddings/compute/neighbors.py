"""Nearest neighbours: exact where that is quick, by descent where there are many vectors."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.progress import Callback
from apps.common.compute.threads import Workers
from apps.embeddings.compute.build import FEWEST_CANDIDATES, MOST_CANDIDATES, PHASE, build, refine, renumber
from apps.embeddings.compute.exact import search_all
from apps.embeddings.compute.lists import Lists, settle
from apps.embeddings.compute.recall import sampled_recall
from apps.embeddings.compute.space import Space, prepare

METHODS = ("auto", "exact", "descent")
# Up to so many multiplications all pairs are compared: a fraction of a second.
MOST_EXACT = 1e10


def nearest_neighbors(
    vectors: NDArray[Any],
    n_neighbors: int,
    *,
    metric: str = "euclidean",
    method: str = "auto",
    random_state: int = 0,
    n_threads: int | None = None,
    callback: Callback | None = None,
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Find the nearest vectors of each vector, itself first.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        Finite floats of any precision, in memory or mapped.
    n_neighbors : int
        How many, the vector itself included; all n where there are fewer.
    metric : str, default="euclidean"
        "euclidean", "cosine", "dot" (the largest squared norm minus the product), "manhattan" or "correlation".
    method : str, default="auto"
        "exact" compares all pairs; "descent" approximates; "auto" chooses by size.
    random_state : int, default=0
        The same seed gives the same neighbours, on any number of threads.
    n_threads : int or None, default=None
        None for as many as the process may use.
    callback : callable or None, default=None
        Called as ``callback(phase, fraction, positions)``; returning False cancels.

    Returns
    -------
    indices : ndarray of shape (n, n_neighbors) and dtype int32
        Row numbers, the vector's own first, then by ascending distance.
    distances : ndarray of shape (n, n_neighbors) and dtype float32
        In the unit of the metric; 0 to itself, by every metric.
    """
    if method not in METHODS:
        raise ValueError(f"method must be one of {', '.join(METHODS)}, not {method!r}.")
    n = len(vectors)
    n_neighbors = min(n_neighbors, n)
    with Workers(n_threads, callback) as workers:
        workers.report(PHASE, 0.0)
        space = prepare(vectors, metric)
        k = n_neighbors - 1
        is_exact = method == "exact" or (method == "auto" and n * n * space.values.shape[1] < MOST_EXACT)
        if k == 0 or is_exact or n <= 2 * n_neighbors:
            order = np.arange(n, dtype=np.int32)
            lists = Lists.empty(n, k)
            if k:
                search_all(space, space, lists, workers, own=order)
        else:
            order, bounds = renumber(space, random_state, workers)
            lists = build(space, bounds, k, random_state, workers)
        settle(space, space, lists, workers, PHASE)
    space.original(lists.distances)
    indices = np.empty((n, n_neighbors), dtype=np.int32)
    distances = np.zeros((n, n_neighbors), dtype=np.float32)
    indices[:, 0] = np.arange(n)
    indices[order, 1:] = order[lists.indices]
    distances[order, 1:] = lists.distances
    return indices, distances


def extend_neighbors(
    vectors: NDArray[Any],
    indices: NDArray[np.int32],
    distances: NDArray[np.float32],
    *,
    metric: str = "euclidean",
    random_state: int = 0,
    n_threads: int | None = None,
    callback: Callback | None = None,
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Add the rows after the first ``len(indices)`` to known lists."""
    return nearest_neighbors(
        vectors,
        indices.shape[1],
        metric=metric,
        random_state=random_state,
        n_threads=n_threads,
        callback=callback,
    )


def refine_neighbors(
    vectors: NDArray[Any],
    indices: NDArray[np.int32],
    distances: NDArray[np.float32],
    *,
    metric: str = "euclidean",
    n_iterations: int = 3,
    random_state: int = 0,
    n_threads: int | None = None,
    callback: Callback | None = None,
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Improve lists that were put together from parts, by some rounds of descent."""
    n, n_neighbors = indices.shape
    with Workers(n_threads, callback) as workers:
        workers.report(PHASE, 0.0)
        space = prepare(vectors, metric)
        lists = Lists.of(indices[:, 1:].copy(), distances[:, 1:].copy())
        lists.fresh[:] = 1
        settle(space, space, lists, workers, PHASE)
        n_candidates = min(max(n_neighbors - 1, FEWEST_CANDIDATES), MOST_CANDIDATES)
        refine(space, lists, n_candidates, random_state, workers, n_iterations, (0.02, 0.98))
        settle(space, space, lists, workers, PHASE)
    indices, distances = indices.copy(), distances.copy()
    indices[:, 1:], distances[:, 1:] = lists.indices, space.original(lists.distances)
    return indices, distances


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
    """Find the vectors nearest to each query: exactly where there is no graph."""
    with Workers(n_threads, callback) as workers:
        space = prepare(vectors, metric)
        asked = space.like(queries)
        lists = Lists.empty(len(queries), min(n_neighbors, len(vectors)))
        search_all(asked, space, lists, workers, phase="Searching")
        settle(asked, space, lists, workers, "Searching")
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
    """Measure which share of the true neighbours of sampled rows is in their lists, 0 … 1."""
    n, k = indices.shape
    if k < 2:
        return 1.0
    rows = np.sort(np.random.default_rng(random_state).permutation(n)[:n_queries])
    with Workers(n_threads, callback) as workers:
        space = prepare(vectors, metric)
        return sampled_recall(space, indices[:, 1:], rows, workers)
