"""Puts new datapoints on a map that stays as it is."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.progress import Callback, report
from apps.embeddings.compute.neighbors import search

PHASE = "Placing the new datapoints"
N_NEIGHBORS = 15
# With fewer of them a place would be that of a single other datapoint.
FEWEST_NEIGHBORS = 3
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
    neighbors_indices: NDArray[np.int32] | None = None,
    neighbors_distances: NDArray[np.float32] | None = None,
    *,
    n_neighbors: int = N_NEIGHBORS,
    metric: str = "euclidean",
    callback: Callback | None = None,
) -> NDArray[np.float32]:
    """Find places for new datapoints among those that have one.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        May be a memory map. Where the new ones do not stand last and must be searched for, the others are copied.
    start : ndarray of shape (n, n_components)
        The places; NaN in the rows of the datapoints that get one now. At least one has a place.
    neighbors_indices : ndarray of shape (n, k) and dtype int32, or None
        Nearest neighbours of all vectors, as rows of `vectors`; -1 where there is none. With them the cost grows with
        the number of new ones alone, but for those that have fewer than 3 neighbours with a place, or all where none
        are given: these are compared with every datapoint that has one.
    neighbors_distances : ndarray of shape (n, k) and dtype float32, or None
        How far those are.
    n_neighbors : int, default=15
        How many neighbours on the map are searched for; fewer where the map has fewer.
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
    report(callback, PHASE)
    is_known = np.isfinite(start).all(axis=1)
    if not is_known.any():
        raise ValueError("No datapoint has a place yet.")
    new = np.flatnonzero(~is_known)
    result = np.array(start, dtype=np.float32)
    if neighbors_indices is None or neighbors_distances is None:
        lonely = new
    else:
        indices, distances = _known_only(neighbors_indices[new], neighbors_distances[new], is_known)
        is_lonely = np.isfinite(distances).sum(axis=1) < min(FEWEST_NEIGHBORS, int(is_known.sum()))
        lonely, met = new[is_lonely], new[~is_lonely]
        result[met] = place(start, indices[~is_lonely], distances[~is_lonely])
    if len(lonely):
        result[lonely] = _place_by_search(vectors, start, is_known, lonely, n_neighbors, metric, callback)
    result[new] = spread_ties(result[new], start[is_known])
    return result


def _known_only(
    indices: NDArray[np.int32], distances: NDArray[np.float32], is_known: NDArray[np.bool_]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Put the neighbours that have a place first; the others are infinitely far."""
    usable = (indices >= 0) & is_known[indices]
    far = np.where(usable, distances, np.float32(np.inf))
    order = np.argsort(far, axis=1, kind="stable")
    far = np.take_along_axis(far, order, axis=1)
    near = np.take_along_axis(indices, order, axis=1)
    # The weight of those without a place is 0, but 0 times NaN is NaN: the first stands in for them.
    return np.where(np.isfinite(far), near, near[:, :1]), far


def _place_by_search(
    vectors: NDArray[Any],
    start: NDArray[Any],
    is_known: NDArray[np.bool_],
    rows: NDArray[np.intp],
    n_neighbors: int,
    metric: str,
    callback: Callback | None,
) -> NDArray[np.float32]:
    n_known = int(is_known.sum())
    known = vectors[:n_known] if is_known[:n_known].all() else vectors[is_known]
    positions = start[is_known]
    placed = np.empty((len(rows), start.shape[1]), dtype=np.float32)
    k = min(n_neighbors, n_known)
    for first in range(0, len(rows), ROWS_A_BLOCK):
        report(callback, PHASE, first / len(rows))
        block = rows[first : first + ROWS_A_BLOCK]
        indices, distances = search(known, vectors[block], k, metric=metric, callback=callback)
        placed[first : first + len(block)] = place(positions, indices, distances)
    return placed


def place(positions: NDArray[Any], indices: NDArray[np.int32], distances: NDArray[np.float32]) -> NDArray[np.float32]:
    """Put each new datapoint at the mean place of its neighbours, weighted by how much it is a member of them.

    Parameters
    ----------
    positions : ndarray of shape (n, n_components)
        The map.
    indices : ndarray of shape (m, k) and an integer dtype
        The neighbours of each new datapoint, as rows of `positions`, by ascending distance.
    distances : ndarray of shape (m, k)
        How far they are, 0 and more; infinite where there is no further neighbour.

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
    """Weigh neighbours by their distances, ascending and infinite where there is none: (m, k), rows add up to 1."""
    beyond = np.asarray(distances, dtype=np.float64) - distances[:, :1]
    is_there = np.isfinite(beyond)
    count = is_there.sum(axis=1, keepdims=True)
    wanted = np.maximum(np.log2(count), 1)
    mean = np.where(is_there, beyond, 0).sum(axis=1, keepdims=True) / count
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
