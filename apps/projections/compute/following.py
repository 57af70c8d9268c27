"""Lays a new version of a map over the one before and says what moved."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.progress import Callback, report
from apps.projections.compute.alignment import align
from apps.projections.compute.drift import drift, moved, spread

# In `moved`, for datapoints that were not on the version before.
NEW = -1.0


def follow(
    positions: NDArray[Any],
    before: NDArray[Any],
    places: NDArray[Any],
    is_unchanged: NDArray[np.bool_],
    *,
    is_fixed: bool = False,
    callback: Callback | None = None,
) -> dict[str, Any]:
    """Align a map with the version before and measure how they differ.

    Parameters
    ----------
    positions : ndarray of shape (n, n_components)
        The new version.
    before : ndarray of shape (m, n_components)
        The version before.
    places : ndarray of shape (n,) and an integer dtype
        For each row of `positions` that of the same datapoint in `before`; −1 where there is none.
    is_unchanged : ndarray of shape (n,) and dtype bool
        Whose vectors are the same in both versions. Where any are, these alone say how one lies over the other.
    is_fixed : bool, default=False
        The new version lies where the old one lay already; then nothing is turned.
    callback : callable or None, default=None
        Called as ``callback(phase, fraction, positions)``; returning False cancels.

    Returns
    -------
    dict
        "positions", ndarray of shape (n, n_components) and dtype float32, aligned. "moved", ndarray of shape (n,) and
        dtype float32: how far each datapoint lies from its place before, as a share of the old version's spread (see
        `apps.projections.compute.drift`); −1 for those that had none. "drift", a dict: see there.

    Raises
    ------
    Cancelled
        Where the callback returned False.
    """
    report(callback, "Comparing with the version before")
    is_shared = places >= 0
    rows = np.flatnonzero(is_unchanged if is_unchanged.any() else is_shared)
    laid = np.asarray(positions, dtype=np.float32)
    if not is_fixed:
        laid = align(positions, before[places[rows]], rows=rows)
    report(callback, "Comparing with the version before", 0.5)
    shared = np.flatnonzero(is_shared)
    now, then = laid[shared], before[places[shared]]
    distances = moved(now, then, unit=spread(before))
    column = np.full(len(laid), NEW, dtype=np.float32)
    column[shared] = distances
    counts = {"n_new": len(laid) - len(shared), "n_gone": len(before) - len(shared)}
    return {
        "positions": laid,
        "moved": column,
        "drift": drift(now, then, distances, is_unchanged[shared], **counts),
    }
