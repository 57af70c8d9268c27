"""The fuzzy graph as arrays, and what is asked of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray


class Graph(NamedTuple):
    """A symmetric graph in compressed rows: every edge stands in the rows of both its ends.

    The neighbours of vertex i are ``indices[indptr[i] : indptr[i + 1]]``, ascending; `weights` are memberships,
    more than 0 and at most 1.
    """

    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    weights: NDArray[np.float32]


def prune(graph: Graph, n_epochs: int) -> Graph:
    """Leave out the edges that are too weak to be visited once in so many epochs, as umap-learn does."""
    if len(graph.weights) == 0:
        return graph
    least = np.float32(graph.weights.max() / n_epochs)
    indptr = np.zeros_like(graph.indptr)
    indices, weights = np.empty_like(graph.indices), np.empty_like(graph.weights)
    kept = _kept(graph.indptr, graph.indices, graph.weights, least, indptr, indices, weights)
    return Graph(indptr, indices[:kept], weights[:kept])


def components(graph: Graph) -> NDArray[np.int32]:
    """Find the connected parts of the graph, numbered by their first vertices: the number of each vertex."""
    return _components(graph.indptr, graph.indices)  # type: ignore[no-any-return]


@njit(nogil=True, cache=True)
def _kept(indptr, indices, weights, least, new_indptr, new_indices, new_weights):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    at = 0
    for i in range(len(indptr) - 1):
        for e in range(indptr[i], indptr[i + 1]):
            if weights[e] >= least:
                new_indices[at] = indices[e]
                new_weights[at] = weights[e]
                at += 1
        new_indptr[i + 1] = at
    return at


@njit(nogil=True, cache=True)
def _components(indptr, indices):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    n = len(indptr) - 1
    numbers = np.full(n, -1, dtype=np.int32)
    stack = np.empty(n, dtype=np.int32)
    count = 0
    for first in range(n):
        if numbers[first] >= 0:
            continue
        numbers[first] = count
        stack[0] = first
        depth = 1
        while depth:
            depth -= 1
            i = stack[depth]
            for e in range(indptr[i], indptr[i + 1]):
                j = indices[e]
                if numbers[j] < 0:
                    numbers[j] = count
                    stack[depth] = j
                    depth += 1
        count += 1
    return numbers
