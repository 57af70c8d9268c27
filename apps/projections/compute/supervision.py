"""Labels in the fuzzy graph: edges between classes become weak, so that the map keeps classes together."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from apps.projections.compute.graph import Graph

UNKNOWN = -1
# An edge with an unknown end is multiplied by exp(-1).
UNKNOWN_DISTANCE = 1.0


def supervise(graph: Graph, labels: NDArray[np.int32], *, target_weight: float = 0.5) -> Graph:
    """Intersect the fuzzy graph with that of the labels, as umap-learn does with categories.

    Parameters
    ----------
    graph : Graph
        Of n vertices.
    labels : ndarray of shape (n,) and dtype int32
        The class of each vertex; -1 where it is not known.
    target_weight : float, default=0.5
        From 0 (labels count little) to 1 (edges between classes vanish).

    Returns
    -------
    Graph
        With the edges that are left; each vertex has one of membership 1 again.

    Raises
    ------
    ValueError
        Where the labels or the weight cannot be used.
    """
    n = len(graph.indptr) - 1
    if labels.shape != (n,):
        raise ValueError(f"labels must be an array of shape ({n},), not {labels.shape}.")
    if not 0 <= target_weight <= 1:
        raise ValueError(f"target_weight must be from 0 to 1, not {target_weight}.")
    far = 2.5 / (1 - target_weight) if target_weight < 1 else 1e12
    factors = np.exp(-np.array([UNKNOWN_DISTANCE, far])).astype(np.float32)
    weights = graph.weights.copy()
    _intersect(graph.indptr, graph.indices, weights, np.ascontiguousarray(labels, dtype=np.int32), *factors)
    united = np.empty_like(weights)
    _unite_both_views(graph.indptr, graph.indices, weights, united)
    kept = united > 0
    indptr = np.concatenate([[0], np.cumsum(kept)])[graph.indptr]
    return Graph(indptr, graph.indices[kept], united[kept])


@njit(nogil=True, cache=True)
def _intersect(indptr, indices, weights, labels, unknown, far):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Weaken the edges, then make each vertex's largest membership 1."""
    for i in range(len(indptr) - 1):
        largest = np.float32(0.0)
        for e in range(indptr[i], indptr[i + 1]):
            j = indices[e]
            if labels[i] == UNKNOWN or labels[j] == UNKNOWN:
                weights[e] *= unknown
            elif labels[i] != labels[j]:
                weights[e] *= far
            largest = max(largest, weights[e])
        if largest > 0:
            for e in range(indptr[i], indptr[i + 1]):
                weights[e] /= largest


@njit(nogil=True, cache=True)
def _unite_both_views(indptr, indices, weights, united):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Join the memberships of an edge's two directions; rows are ascending, so the mirrored edges come in order."""
    mirrored = indptr.copy()
    for i in range(len(indptr) - 1):
        for e in range(indptr[i], indptr[i + 1]):
            j = indices[e]
            p, q = weights[e], weights[mirrored[j]]
            mirrored[j] += 1
            united[e] = p + q - p * q
