"""How true a map is to the vectors that it was made from."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree
from sklearn.manifold import trustworthiness
from sklearn.metrics import pairwise_distances

from apps.common.compute.progress import Callback, report
from apps.embeddings.compute.vectors import ROWS_A_CHUNK

FEWEST = 4


def quality(
    vectors: NDArray[Any],
    positions: NDArray[Any],
    *,
    metric: str = "euclidean",
    n_neighbors: int = 15,
    n_sampled: int = 2000,
    n_queries: int = 500,
    random_state: int = 0,
    callback: Callback | None = None,
) -> dict[str, float | int]:
    """Measure trustworthiness and neighbour preservation of a map, on a sample.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        What the map was made from.
    positions : ndarray of shape (n, 2)
        The map.
    metric : str, default="euclidean"
        The distance between vectors that the map was made with.
    n_neighbors : int, default=15
        Size of the neighbourhoods; reduced for small maps.
    n_sampled : int, default=2000
        Size of the sample for trustworthiness, whose cost grows with its square.
    n_queries : int, default=500
        How many datapoints' neighbours are compared, each among all datapoints.
    random_state : int, default=0
        Seed of the sample.
    callback : callable or None, default=None
        Called as ``callback(phase, fraction, positions)``; returning False cancels.

    Returns
    -------
    dict
        "trustworthiness", 0 … 1: near 1 where points that are neighbours on the map are so among the vectors, 0.5 by
        chance. "neighbor_preservation", 0 … 1: the share of a datapoint's nearest vectors that are its nearest points,
        k / n by chance. Then "n_sampled" and "n_neighbors" as used. Empty for fewer than 4 datapoints.

    References
    ----------
    J. Venna, S. Kaski, "Neighborhood preservation in nonlinear projection methods", ICANN 2001.
    """
    n = len(vectors)
    if n < FEWEST:
        return {}
    report(callback, "Measuring the quality")
    order = np.random.default_rng(random_state).permutation(n)
    sample = np.sort(order[:n_sampled])
    k = min(n_neighbors, (len(sample) - 1) // 2)
    trust = trustworthiness(
        np.asarray(vectors[sample], dtype=np.float64), positions[sample], n_neighbors=k, metric=metric
    )
    preserved = _neighbor_preservation(vectors, positions, np.sort(order[:n_queries]), k, metric, callback)
    return {
        "trustworthiness": round(float(trust), 4),
        "neighbor_preservation": round(preserved, 4),
        "n_sampled": len(sample),
        "n_neighbors": k,
    }


def _neighbor_preservation(
    vectors: NDArray[Any],
    positions: NDArray[Any],
    queries: NDArray[np.int64],
    k: int,
    metric: str,
    callback: Callback | None,
) -> float:
    near_vectors = _nearest(vectors, queries, k, metric, callback)
    _, near_points = KDTree(positions).query(positions[queries], k=k + 1)
    shared = 0
    for query, vector_neighbors, point_neighbors in zip(queries, near_vectors, near_points, strict=True):
        found = [row for row in point_neighbors if row != query][:k]
        shared += len(np.intersect1d(vector_neighbors, found))
    return shared / (k * len(queries))


def _nearest(
    vectors: NDArray[Any], queries: NDArray[np.int64], k: int, metric: str, callback: Callback | None
) -> NDArray[np.int64]:
    """Find the k nearest other vectors of each query, exactly, a chunk of the vectors at a time."""
    asked = np.asarray(vectors[queries], dtype=np.float64)
    best = np.full((len(queries), k), np.inf)
    rows = np.zeros((len(queries), k), dtype=np.int64)
    for start in range(0, len(vectors), ROWS_A_CHUNK):
        report(callback, "Measuring the quality", start / len(vectors))
        chunk = np.asarray(vectors[start : start + ROWS_A_CHUNK], dtype=np.float64)
        distances = pairwise_distances(asked, chunk, metric=metric)
        inside = (queries >= start) & (queries < start + len(chunk))
        distances[np.flatnonzero(inside), queries[inside] - start] = np.inf
        distances = np.concatenate([best, distances], axis=1)
        candidates = np.concatenate(
            [rows, np.broadcast_to(np.arange(start, start + len(chunk)), (len(queries), len(chunk)))], axis=1
        )
        nearest = np.argpartition(distances, k - 1, axis=1)[:, :k]
        best = np.take_along_axis(distances, nearest, axis=1)
        rows = np.take_along_axis(candidates, nearest, axis=1)
    return rows
