"""Smaller graphs of the same shape: groups of near vertices become one vertex each."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from apps.projections.compute.graph import Graph

# Vertices that a group takes beside its first.
MOST_TAKEN = 5


def coarsen(graph: Graph) -> tuple[Graph, NDArray[np.int32]]:
    """Join each vertex that is still free with its free neighbours, the ones at the strongest edges first.

    One without free neighbours joins the group of its nearest.

    Parameters
    ----------
    graph : Graph
        Of n vertices; edges from a vertex to itself are allowed.

    Returns
    -------
    coarse : Graph
        Its edges' weights are the sums of those between two groups, and within one on the edge to itself.
    groups : ndarray of shape (n,) and dtype int32
        Which vertex of the coarse graph each vertex belongs to.
    """
    groups = np.full(len(graph.indptr) - 1, -1, dtype=np.int32)
    count = _group(graph.indptr, graph.indices, graph.weights, groups)
    members = np.argsort(groups, kind="stable").astype(np.int32)
    ends = np.cumsum(np.bincount(groups, minlength=count))
    indptr = np.zeros(count + 1, dtype=np.int64)
    indices, weights = np.empty_like(graph.indices), np.empty_like(graph.weights)
    used = _join(*graph, groups, members, ends, indptr, indices, weights)
    return Graph(indptr, indices[:used].copy(), weights[:used].copy()), groups


@njit(nogil=True, cache=True)
def _group(indptr, indices, weights, groups):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    count = 0
    for i in range(len(groups)):
        if groups[i] >= 0:
            continue
        nearest, strongest = i, np.float32(0.0)
        is_alone = True
        for e in range(indptr[i], indptr[i + 1]):
            if indices[e] != i and weights[e] > strongest:
                nearest, strongest = indices[e], weights[e]
            is_alone = is_alone and (groups[indices[e]] >= 0 or indices[e] == i)
        if is_alone and nearest != i:
            groups[i] = groups[nearest]
            continue
        groups[i] = count
        for _ in range(MOST_TAKEN):
            best, strongest = -1, np.float32(0.0)
            for e in range(indptr[i], indptr[i + 1]):
                if groups[indices[e]] < 0 and weights[e] > strongest:
                    best, strongest = indices[e], weights[e]
            if best < 0:
                break
            groups[best] = count
        count += 1
    return count


@njit(nogil=True, cache=True)
def _join(indptr, indices, weights, groups, members, ends, new_indptr, new_indices, new_weights):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Write the rows of the coarse graph one after the other; `place` tells where a neighbour stands in this row."""
    place = np.full(len(ends), -1, dtype=np.int64)
    at, member = 0, 0
    for group in range(len(ends)):
        row = at
        while member < ends[group]:
            i = members[member]
            for e in range(indptr[i], indptr[i + 1]):
                other = groups[indices[e]]
                if place[other] < row:
                    place[other] = at
                    new_indices[at] = other
                    new_weights[at] = 0
                    at += 1
                new_weights[place[other]] += weights[e]
            member += 1
        new_indptr[group + 1] = at
    return at
