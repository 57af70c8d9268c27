"""How much of each datapoint's neighbourhood a map keeps: where it can be trusted, and where it lies."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from apps.common.compute.progress import Callback, report
from apps.common.compute.threads import thread_count

MOST_NEIGHBORS = 15
ROWS_A_CHUNK = 16_384
# Distances that differ by rounding alone are equal.
ROUNDING = 1 + 1e-6


def preservation(
    neighbors_indices: NDArray[np.int32],
    positions: NDArray[Any],
    *,
    n_neighbors: int = MOST_NEIGHBORS,
    n_threads: int | None = None,
    callback: Callback | None = None,
) -> NDArray[np.float32]:
    """Measure for each datapoint how many of its nearest vectors are among its nearest points on the map.

    Who is as far away as the last of the nearest points counts as one of them, so duplicates cost nothing. The cost is
    about n log n, on a tree of the positions; memory is bounded by the tree and chunks of rows.

    Parameters
    ----------
    neighbors_indices : ndarray of shape (n, k + 1) and dtype int32
        Rows of the nearest vectors of each vector, itself first; -1 where there are fewer.
    positions : ndarray of shape (n, 2) or (n, 3)
        The map. Only the first two components count: those are what people see.
    n_neighbors : int, default=15
        How many neighbours are compared; fewer where k is smaller.
    n_threads : int or None, default=None
        None takes all cores of this process. The result does not depend on it.
    callback : callable or None, default=None
        Called as ``callback(phase, fraction, positions)``; returning False cancels.

    Returns
    -------
    ndarray of shape (n,) and dtype float32
        The share, 0 … 1: 1 where the whole neighbourhood is kept, about k / n by chance. NaN where a vector has no
        neighbours.

    Raises
    ------
    Cancelled
        Where the callback returned False.
    """
    n = len(positions)
    k = min(n_neighbors, neighbors_indices.shape[1] - 1)
    kept = np.full(n, np.nan, dtype=np.float32)
    if k < 1 or n < 2:
        return kept
    report(callback, "Measuring the neighbourhoods")
    places = np.asarray(positions[:, :2], dtype=np.float64)
    tree = KDTree(places, leafsize=32)
    threads = n_threads or thread_count()
    # In the order of the tree, so that those asked about together lie together.
    order = tree.indices
    for start in range(0, n, ROWS_A_CHUNK):
        report(callback, "Measuring the neighbourhoods", start / n)
        rows = order[start : start + ROWS_A_CHUNK]
        # The datapoint itself is one of the k + 1.
        reach = tree.query(places[rows], k=[min(k + 1, n)], workers=threads)[0]
        near = neighbors_indices[rows, 1 : k + 1]
        away = np.linalg.norm(places[near] - places[rows, np.newaxis], axis=2)
        is_known = near >= 0
        kept_here = ((away <= reach * ROUNDING) & is_known).sum(axis=1)
        known = is_known.sum(axis=1)
        kept[rows[known > 0]] = kept_here[known > 0] / known[known > 0]
    return kept
