"""Positions to start from that are known in part: the others are found among their neighbours."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from apps.projections.compute.graph import Graph


def complete_start(graph: Graph, start: NDArray[np.floating]) -> NDArray[np.float32]:
    """Put the points without a place at the weighted mean of their neighbours that have one.

    Parameters
    ----------
    graph : Graph
        Of n vertices.
    start : ndarray of shape (n, c)
        Positions; rows with NaN have no place yet.

    Returns
    -------
    ndarray of shape (n, c) and dtype float32
        Points that no path joins to a placed one lie in the middle of all.

    Raises
    ------
    ValueError
        Where the shape is wrong or no point has a place.
    """
    n = len(graph.indptr) - 1
    if start.ndim != 2 or len(start) != n:
        raise ValueError(f"start must hold a position for each of the {n} vectors; its shape is {start.shape}.")
    positions = np.array(start, dtype=np.float32, order="C")
    is_placed = np.isfinite(positions).all(axis=1)
    if not is_placed.any():
        raise ValueError("start holds no position: every row has NaN or an infinite value.")
    middle = positions[is_placed].mean(axis=0)
    while not is_placed.all():
        newly = _place(graph.indptr, graph.indices, graph.weights, positions, is_placed)
        if not newly.any():
            positions[~is_placed] = middle
            break
        is_placed |= newly
    return positions


@njit(nogil=True, cache=True)
def _place(indptr, indices, weights, positions, is_placed):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    n, dimensions = positions.shape
    newly = np.zeros(n, dtype=np.bool_)
    for i in range(n):
        if is_placed[i]:
            continue
        total = np.float32(0.0)
        for e in range(indptr[i], indptr[i + 1]):
            j = indices[e]
            if is_placed[j]:
                if total == 0:
                    positions[i] = 0
                total += weights[e]
                for d in range(dimensions):
                    positions[i, d] += weights[e] * positions[j, d]
        if total > 0:
            newly[i] = True
            for d in range(dimensions):
                positions[i, d] /= total
    return newly
