"""Nearest neighbours: exact where that is quick, by descent where there are many vectors."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.progress import Callback
from apps.common.compute.threads import Workers
from apps.embeddings.compute.build import PHASE, build, candidates_for, complete, join_trees, refine, renumber
from apps.embeddings.compute.exact import search_all
from apps.embeddings.compute.extend import extend
from apps.embeddings.compute.lists import Lists, settle
from apps.embeddings.compute.searching import measure_recall, search
from apps.embeddings.compute.space import Space, prepare

__all__ = ["extend_neighbors", "measure_recall", "nearest_neighbors", "refine_neighbors", "search"]

METHODS = ("auto", "exact", "descent")
# Up to so many multiplications all pairs are compared: a fraction of a second.
MOST_EXACT = 1e10
# So that parts which know nothing of one another meet.
REFINING_TREES = 2
# Fewer known rows are no help to the new ones.
FEWEST_KNOWN = 1000


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

    Raises
    ------
    ValueError
        Where the metric or the method is unknown, or a vector holds NaN or an infinite value.
    Cancelled
        Where the callback returned False.

    Notes
    -----
    Memory, beside the vectors themselves and 25 MB: ``4 n w`` bytes for a working copy in float32, where w is d rounded
    up to a multiple of 16; with k = n_neighbors - 1 ``9 n k`` for the lists, ``16 n max(k, 12)`` for a round of descent
    and ``8 n n_neighbors`` for the result; ``4 n`` for each of max(5, n^(1/4) / 3) trees. For 1,000,000 x 128 and 15
    neighbours that is 1.1 GB.

    Time: exact search makes n^2 w multiplications. Descent makes a few hundred comparisons for each vector; where a
    sample shows that it finds too few of the true neighbours, as it does in data of truly high dimension, all pairs
    are compared where n^2 w is below 1.5e12, and else it goes on with longer lists. `measure_recall` says what was
    reached.

    References
    ----------
    W. Dong, M. Charikar, K. Li, "Efficient k-nearest neighbor graph construction for generic similarity measures",
    WWW 2011. S. Dasgupta, Y. Freund, "Random projection trees and low dimensional manifolds", STOC 2008.
    """
    if method not in METHODS:
        raise ValueError(f"method must be one of {', '.join(METHODS)}, not {method!r}.")
    n = len(vectors)
    n_neighbors = min(n_neighbors, n)
    with Workers(n_threads, callback) as workers:
        space = prepare(vectors, metric, tell=lambda: workers.report(PHASE, 0.0))
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
        return _finished(space, lists, order, workers)


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
    """Find the neighbours of rows that were added, and let them into the known lists.

    The cost grows with the number of new rows, but for one pass over the vectors and a few over the lists. All
    lists are made anew by "dot", where a new vector may be the nearest of all, and where more rows are new than known.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        The known rows, then the new ones.
    indices : ndarray of shape (n_known, k) and dtype int32
        Lists of the known rows as `nearest_neighbors` gave them.
    distances : ndarray of shape (n_known, k) and dtype float32
        Of those lists.
    metric, random_state, n_threads, callback
        As of `nearest_neighbors`.

    Returns
    -------
    indices, distances
        As of `nearest_neighbors`, for all n rows.
    """
    n_known, n_neighbors = indices.shape
    n = len(vectors)
    if distances.shape != indices.shape or n_known > n:
        raise ValueError("Known indices and distances must have one shape, with at most as many rows as vectors.")
    if metric == "dot" or n_neighbors < 2 or n_known < FEWEST_KNOWN or n - n_known > n_known:
        return nearest_neighbors(
            vectors, n_neighbors, metric=metric, random_state=random_state, n_threads=n_threads, callback=callback
        )
    with Workers(n_threads, callback) as workers:
        space = prepare(vectors, metric, tell=lambda: workers.report(PHASE, 0.0))
        known = np.ascontiguousarray(indices[:, 1:])
        lists, changed = extend(space, known, space.compared(distances[:, 1:]), random_state, workers)
        return _finished(space, lists, np.arange(n, dtype=np.int32), workers, changed)


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
    """Improve lists that were put together from parts, by a tree or two and rounds of descent.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
    indices : ndarray of shape (n, k) and dtype int32
        Each row itself first; -1 where there is none.
    distances : ndarray of shape (n, k) and dtype float32
        Of those lists; computed anew.
    n_iterations : int, default=3
        At most so many rounds; fewer where little changes.
    metric, random_state, n_threads, callback
        As of `nearest_neighbors`.

    Returns
    -------
    indices, distances
        As of `nearest_neighbors`: each list full.
    """
    n, n_neighbors = indices.shape
    if distances.shape != indices.shape or n != len(vectors) or n_neighbors > n:
        raise ValueError("Indices and distances must have one shape, with as many rows as vectors and at most as wide.")
    with Workers(n_threads, callback) as workers:
        space = prepare(vectors, metric, tell=lambda: workers.report(PHASE, 0.0))
        lists = Lists.empty(n, n_neighbors - 1)
        if n_neighbors > 1:
            lists.indices[:] = indices[:, 1:]
            settle(space, space, lists, workers, PHASE)
            lists.fresh[:] = 1
            rows = np.arange(n, dtype=np.int32)
            join_trees(space, rows, lists, REFINING_TREES, random_state, workers, (0.05, 0.3))
            n_candidates = candidates_for(n_neighbors - 1)
            refine(space, lists, n_candidates, random_state, workers, n_iterations, (0.3, 0.95))
            complete(space, lists, workers)
        return _finished(space, lists, np.arange(n, dtype=np.int32), workers)


def _finished(
    space: Space,
    lists: Lists,
    order: NDArray[np.int32],
    workers: Workers,
    unsettled: NDArray[np.int32] | None = None,
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Give the lists of a space, whose row i is row order[i] of the vectors, their final form: itself first."""
    settle(space, space, lists, workers, PHASE, unsettled)
    n, k = lists.indices.shape
    indices = np.empty((n, k + 1), dtype=np.int32)
    distances = np.zeros((n, k + 1), dtype=np.float32)
    indices[:, 0] = np.arange(n)
    indices[order, 1:] = order[lists.indices]
    distances[order, 1:] = space.original(lists.distances)
    return indices, distances
