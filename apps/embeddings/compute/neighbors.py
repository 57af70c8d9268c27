"""Exact nearest neighbours, in bounded memory and with progress that is counted."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import pairwise_distances

from apps.common.compute.progress import Callback, report

BYTES_A_CHUNK = 64 * 2**20


def nearest_neighbors(
    vectors: NDArray[Any], n_neighbors: int, *, metric: str = "euclidean", callback: Callback | None = None
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Find the nearest vectors of each vector, itself first.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        Finite floats. The cost grows with n squared.
    n_neighbors : int
        How many, the vector itself included; at most n.
    metric : str, default="euclidean"
        "euclidean", "cosine", "manhattan" or "correlation".
    callback : callable or None, default=None
        Called as ``callback(phase, fraction, positions)``; returning False cancels.

    Returns
    -------
    indices : ndarray of shape (n, n_neighbors) and dtype int32
        Row numbers, by ascending distance.
    distances : ndarray of shape (n, n_neighbors) and dtype float32
    """
    n = len(vectors)
    indices = np.empty((n, n_neighbors), dtype=np.int32)
    distances = np.empty((n, n_neighbors), dtype=np.float32)
    step = max(1, BYTES_A_CHUNK // (8 * n))
    for start in range(0, n, step):
        report(callback, "Finding neighbours", start / n)
        chunk = vectors[start : start + step]
        between = pairwise_distances(chunk, vectors, metric=metric)
        # Correlation with a constant vector is not defined: as far as can be told, they have nothing in common.
        np.nan_to_num(between, copy=False, nan=1.0)
        # Before its duplicates, so that each vector is its own first neighbour.
        between[np.arange(len(chunk)), np.arange(start, start + len(chunk))] = -1
        nearest = np.argpartition(between, n_neighbors - 1, axis=1)[:, :n_neighbors]
        near = np.take_along_axis(between, nearest, axis=1)
        order = np.argsort(near, axis=1, kind="stable")
        indices[start : start + step] = np.take_along_axis(nearest, order, axis=1)
        distances[start : start + step] = np.maximum(np.take_along_axis(near, order, axis=1), 0)
    return indices, distances
