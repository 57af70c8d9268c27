"""Puts new datapoints on a map that stays as it is."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.progress import Callback, report
from apps.embeddings.compute.neighbors import search

N_NEIGHBORS = 15
# New datapoints looked at together.
ROWS_A_BLOCK = 20_000
ROUNDS = 40
# Points that would lie on one place are laid around it, this far apart: as a share of how far points lie from each
# other on an evenly filled map.
SPREAD_OF_TIES = 0.1
GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))


def place_new(
    vectors: NDArray[Any],
    start: NDArray[Any],
    graph: NDArray[np.int32] | None = None,
    *,
    n_neighbors: int = N_NEIGHBORS,
    metric: str = "euclidean",
    callback: Callback | None = None,
) -> NDArray[np.float32]:
    """Find places for new datapoints among those that have one.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        May be a memory map. Where the new ones do not stand last, those of the others are copied.
    start : ndarray of shape (n, n_components)
        The places; NaN in the rows of the datapoints that get one now. At least one has a place.
    graph : ndarray of shape (n, k) and dtype int32, or None
        Nearest neighbours among those that have a place, by their number among them. With it the search is
        approximate and its cost grows with the number of new ones alone; without it each is compared with all.
    n_neighbors : int, default=15
        How many neighbours on the map a new datapoint is put between; fewer where the map has fewer.
    metric : str, default="euclidean"
        As in `apps.embeddings.compute.neighbors.search`.
    callback : callable or None, default=None
        Called as ``callback(phase, fraction, positions)``; returning False cancels.

    Returns
    -------
    ndarray of shape (n, n_components) and dtype float32
        `start`, bit by bit, with places in the rows that had none: the same for the same input, and each by its own
        neighbours alone, but for those that would lie at the very same place.

    Raises
    ------
    ValueError
        Where no datapoint has a place.
    Cancelled
        Where the callback returned False.
    """
    is_known = np.isfinite(start).all(axis=1)
    n_known = int(is_known.sum())
    if n_known == 0:
        raise ValueError("No datapoint has a place yet.")
    known = vectors[:n_known] if is_known[:n_known].all() else vectors[is_known]
    positions = np.asarray(start[is_known], dtype=np.float32)
    new = np.flatnonzero(~is_known)
    placed = np.empty((len(new), start.shape[1]), dtype=np.float32)
    k = min(n_neighbors, n_known)
    for first in range(0, len(new), ROWS_A_BLOCK):
        report(callback, "Placing the new datapoints", first / len(new))
        rows = new[first : first + ROWS_A_BLOCK]
        indices, distances = search(known, vectors[rows], k, metric=metric, graph=graph, callback=callback)
        placed[first : first + len(rows)] = place(positions, indices, distances)
    result = np.array(start, dtype=np.float32)
    result[new] = spread_ties(placed, positions)
    return result


def place(positions: NDArray[Any], indices: NDArray[np.int32], distances: NDArray[np.float32]) -> NDArray[np.float32]:
    """Put each new datapoint at the mean place of its neighbours, weighted by how much it is a member of them.

    Parameters
    ----------
    positions : ndarray of shape (n, n_components)
        The map.
    indices : ndarray of shape (m, k) and an integer dtype
        The neighbours of each new datapoint, as rows of `positions`, by ascending distance.
    distances : ndarray of shape (m, k)
        How far they are, 0 and more.

    Returns
    -------
    ndarray of shape (m, n_components) and dtype float32
        Within the hull of the neighbours' places.

    References
    ----------
    The weights are UMAP's memberships, ``exp(-(distance - nearest) / width)`` with a width at which they add up to
    log2(k): L. McInnes, J. Healy, J. Melville, arXiv:1802.03426, section 3.1.
    """
    weights = memberships(distances)
    return np.asarray(np.einsum("mk,mkc->mc", weights, np.asarray(positions)[indices], dtype=np.float64), np.float32)


def memberships(distances: NDArray[Any]) -> NDArray[np.float64]:
    """Weights of neighbours, (m, k) with rows that add up to 1, from their distances by ascending distance."""
    beyond = np.asarray(distances, dtype=np.float64) - distances[:, :1]
    wanted = max(np.log2(distances.shape[1]), 1.0)
    mean = beyond.mean(axis=1, keepdims=True)
    # Where all are equally far, any width will do.
    mean[mean == 0] = 1
    low, high = mean * 1e-3, mean * 1e3
    for _ in range(ROUNDS):
        middle = np.sqrt(low * high)
        is_wide = np.exp(-beyond / middle).sum(axis=1, keepdims=True) > wanted
        low, high = np.where(is_wide, low, middle), np.where(is_wide, middle, high)
    weights = np.exp(-beyond / high)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def spread_ties(placed: NDArray[np.float32], positions: NDArray[Any]) -> NDArray[np.float32]:
    """Lay new points that would cover each other around their common place, on a spiral, so that all can be seen.

    Parameters
    ----------
    placed : ndarray of shape (m, n_components)
    positions : ndarray of shape (n, n_components)
        The map, whose extent sets the scale.

    Returns
    -------
    ndarray of shape (m, n_components) and dtype float32
    """
    _, group, counts = np.unique(placed, axis=0, return_inverse=True, return_counts=True)
    group = group.reshape(-1)
    if len(counts) == len(placed):
        return placed
    order = np.argsort(group, kind="stable")
    firsts = np.repeat(np.cumsum(counts) - counts, counts)
    number = np.empty(len(placed), dtype=np.int64)
    number[order] = np.arange(len(placed)) - firsts
    step = np.ptp(positions, axis=0).max() / np.sqrt(len(positions) + len(placed)) * SPREAD_OF_TIES
    radius, angle = step * np.sqrt(number), GOLDEN_ANGLE * number
    spread = placed.copy()
    spread[:, 0] += (radius * np.cos(angle)).astype(np.float32)
    spread[:, 1] += (radius * np.sin(angle)).astype(np.float32)
    return spread
