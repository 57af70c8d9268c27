"""The fuzzy graph: how near each vector's neighbours are, by its own measure, and both views of an edge in one."""

from __future__ import annotations

from functools import partial

import numpy as np
from numba import njit
from numpy.typing import NDArray

from apps.common.compute.progress import Callback, report
from apps.common.compute.threads import Workers, block_bounds
from apps.projections.compute.graph import Graph

PHASE = "Building the graph"
ROWS_A_BLOCK = 16_384
# A row's bandwidth is no smaller than this part of its mean distance.
LEAST_BANDWIDTH = 1e-3
TOLERANCE = 1e-5
STEPS = 64


def fuzzy_graph(
    indices: NDArray[np.int32],
    distances: NDArray[np.float32],
    *,
    n_threads: int | None = None,
    callback: Callback | None = None,
) -> Graph:
    """Build UMAP's fuzzy graph of the nearest neighbours.

    Each vector's nearest other neighbour has membership 1; the memberships of all fall off exponentially with a
    bandwidth for which they sum to log2(k). The two memberships p and q of an edge's two directions become
    p + q - p q. The same as umap-learn's with ``local_connectivity=1`` and ``set_op_mix_ratio=1``, up to rounding.

    Parameters
    ----------
    indices : ndarray of shape (n, k) and dtype int32
        Row numbers of the nearest neighbours, each vector itself among them; -1 where none was found.
    distances : ndarray of shape (n, k) and dtype float32
        Their distances, ascending, 0 or more.
    n_threads : int or None, default=None
        None uses all processors. The result does not depend on it.
    callback : callable or None, default=None
        Called as ``callback(phase, fraction, positions)``; returning False cancels.

    Returns
    -------
    Graph
        Of n vertices and at most 2 n (k - 1) directed edges. Beside the arguments, up to 40 bytes for each of the n k
        neighbours are in use.

    References
    ----------
    L. McInnes, J. Healy, J. Melville, "UMAP: Uniform Manifold Approximation and Projection for Dimension Reduction",
    arXiv:1802.03426, section 3.1.
    """
    n, k = indices.shape
    indices = np.ascontiguousarray(indices, dtype=np.int32)
    distances = np.ascontiguousarray(distances, dtype=np.float32)
    memberships = np.empty((n, k), dtype=np.float32)
    neighbors = np.empty((n, k), dtype=np.int32)
    overall = np.float32(distances.mean(dtype=np.float64))
    blocks = block_bounds(n, ROWS_A_BLOCK)
    with Workers(n_threads, callback) as workers:
        workers.run(partial(_weigh, indices, distances, overall, neighbors, memberships), blocks, PHASE, 0.0, 0.5)
        starts = np.zeros(n + 1, dtype=np.int64)
        _count_back(neighbors, memberships, starts)
        back, back_memberships = np.empty(starts[-1], dtype=np.int32), np.empty(starts[-1], dtype=np.float32)
        report(callback, PHASE, 0.6)
        _turn(neighbors, memberships, starts.copy(), back, back_memberships)
        report(callback, PHASE, 0.7)
        both = (neighbors, memberships, starts, back, back_memberships)
        indptr = np.zeros(n + 1, dtype=np.int64)
        workers.run(partial(_count_union, *both, indptr), blocks, PHASE, 0.7, 0.8)
        np.cumsum(indptr, out=indptr)
        united, weights = np.empty(indptr[-1], dtype=np.int32), np.empty(indptr[-1], dtype=np.float32)
        workers.run(partial(_unite, *both, indptr, united, weights), blocks, PHASE, 0.8, 1.0)
    return Graph(indptr, united, weights)


@njit(nogil=True, cache=True)
def _weigh(indices, distances, overall, neighbors, memberships, first, last):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Find the memberships of some rows, and write them by ascending neighbour; nothing has membership 0."""
    k = indices.shape[1]
    target = np.log2(float(k))
    for i in range(first, last):
        nearest = np.float32(0.0)
        total = 0.0
        for j in range(k):
            d = distances[i, j]
            total += d
            if d > 0.0 and (nearest == 0.0 or d < nearest):
                nearest = d
        bandwidth = _bandwidth(distances, i, nearest, target)
        mean = total / k if nearest > 0.0 else overall
        bandwidth = max(bandwidth, LEAST_BANDWIDTH * mean)
        for j in range(k):
            neighbor = indices[i, j]
            membership = np.float32(1.0)
            if neighbor < 0 or neighbor == i:
                membership = np.float32(0.0)
            elif distances[i, j] > nearest and bandwidth > 0.0:
                membership = np.float32(np.exp(-(distances[i, j] - nearest) / bandwidth))
            at = j
            while at > 0 and neighbors[i, at - 1] > neighbor:
                neighbors[i, at] = neighbors[i, at - 1]
                memberships[i, at] = memberships[i, at - 1]
                at -= 1
            neighbors[i, at] = neighbor
            memberships[i, at] = membership


@njit(nogil=True, cache=True)
def _bandwidth(distances, i, nearest, target):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    low, high, middle = 0.0, np.inf, 1.0
    for _ in range(STEPS):
        total = np.float32(0.0)
        for j in range(1, distances.shape[1]):
            beyond = distances[i, j] - nearest
            total += np.float32(np.exp(-(beyond / np.float32(middle)))) if beyond > 0 else np.float32(1.0)
        if abs(total - target) < TOLERANCE:
            break
        if total > target:
            high = middle
            middle = (low + high) / 2
        else:
            low = middle
            middle = middle * 2 if high == np.inf else (low + high) / 2
    return middle


@njit(nogil=True, cache=True)
def _count_back(neighbors, memberships, starts):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    n, k = neighbors.shape
    for i in range(n):
        for j in range(k):
            if memberships[i, j] > 0:
                starts[neighbors[i, j] + 1] += 1
    for i in range(n):
        starts[i + 1] += starts[i]


@njit(nogil=True, cache=True)
def _turn(neighbors, memberships, ends, back, back_memberships):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Write down for each vertex whose neighbour it is, ascending."""
    n, k = neighbors.shape
    for i in range(n):
        for j in range(k):
            if memberships[i, j] > 0:
                at = ends[neighbors[i, j]]
                back[at] = i
                back_memberships[at] = memberships[i, j]
                ends[neighbors[i, j]] = at + 1


@njit(nogil=True, cache=True)
def _count_union(neighbors, memberships, starts, back, _, indptr, first, last):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    k = neighbors.shape[1]
    for i in range(first, last):
        count = starts[i + 1] - starts[i]
        b = starts[i]
        for j in range(k):
            if memberships[i, j] > 0:
                while b < starts[i + 1] and back[b] < neighbors[i, j]:
                    b += 1
                if b == starts[i + 1] or back[b] != neighbors[i, j]:
                    count += 1
        indptr[i + 1] = count


@njit(nogil=True, cache=True)
def _unite(neighbors, memberships, starts, back, back_memberships, indptr, indices, weights, first, last):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Merge a vertex's neighbours with those whose neighbour it is."""
    k = neighbors.shape[1]
    for i in range(first, last):
        at = indptr[i]
        b = starts[i]
        for j in range(k):
            p = memberships[i, j]
            if p == 0:
                continue
            while b < starts[i + 1] and back[b] < neighbors[i, j]:
                indices[at] = back[b]
                weights[at] = back_memberships[b]
                at += 1
                b += 1
            indices[at] = neighbors[i, j]
            weights[at] = p
            if b < starts[i + 1] and back[b] == neighbors[i, j]:
                weights[at] = p + back_memberships[b] - p * back_memberships[b]
                b += 1
            at += 1
        while b < starts[i + 1]:
            indices[at] = back[b]
            weights[at] = back_memberships[b]
            at += 1
            b += 1
