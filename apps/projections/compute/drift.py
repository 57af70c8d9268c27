"""How far datapoints moved between two versions of a map that lie over each other."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

NEIGHBORS = 15
MOST_QUERIES = 2000


def spread(positions: NDArray[Any]) -> float:
    """Root mean square distance of a layout's points from their centre: the unit in which movement is told.

    Parameters
    ----------
    positions : ndarray of shape (n, d)

    Returns
    -------
    float
        0 where there are no points, or all lie at one place.
    """
    if len(positions) == 0:
        return 0.0
    values = np.asarray(positions, dtype=np.float64)
    return float(np.sqrt(values.var(axis=0).sum()))


def moved(now: NDArray[Any], before: NDArray[Any], *, unit: float) -> NDArray[np.float32]:
    """Distance between the two places of each datapoint.

    Parameters
    ----------
    now, before : ndarray of shape (m, d)
        Places of the same datapoints in two layouts that are aligned.
    unit : float
        `spread` of the whole layout before; 0 is taken as 1.

    Returns
    -------
    ndarray of shape (m,) and dtype float32
        0 and more: 1 is as far as a typical point lies from the middle of the map.
    """
    offsets = np.asarray(now, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    return np.asarray(np.sqrt((offsets**2).sum(axis=1)) / (unit or 1.0), dtype=np.float32)


def drift(
    now: NDArray[Any],
    before: NDArray[Any],
    distances: NDArray[np.float32],
    is_unchanged: NDArray[np.bool_],
    *,
    n_new: int,
    n_gone: int,
    random_state: int = 0,
) -> dict[str, float | int | None]:
    """Sum up how two versions of a map differ.

    Parameters
    ----------
    now, before : ndarray of shape (m, d)
        Places of the datapoints that are on both, aligned.
    distances : ndarray of shape (m,)
        What `moved` gave for them.
    is_unchanged : ndarray of shape (m,) and dtype bool
        Whose vectors are the same, bit by bit, in both versions.
    n_new, n_gone : int
        How many datapoints are on one of the two only.
    random_state : int, default=0
        Seed of the sample for the retention.

    Returns
    -------
    dict
        "n_shared", "n_unchanged", "n_new", "n_gone"; "median" and "p90" of the distances, and "unchanged_median" and
        "unchanged_p90" of those with unchanged vectors (None where there are none); "neighbor_retention", 0 … 1: the
        share of a point's 15 nearest on the old map, among the shared, that are among its 15 nearest on the new one,
        on a sample of 2,000 (None with fewer than 3 shared). Places jitter within their neighbourhood from fit to
        fit, so read it beside the distances.
    """
    same = distances[is_unchanged]
    return {
        "n_shared": len(distances),
        "n_unchanged": len(same),
        "n_new": n_new,
        "n_gone": n_gone,
        "median": _quantile(distances, 0.5),
        "p90": _quantile(distances, 0.9),
        "unchanged_median": _quantile(same, 0.5),
        "unchanged_p90": _quantile(same, 0.9),
        "neighbor_retention": _retention(now, before, random_state),
    }


def _quantile(values: NDArray[np.float32], q: float) -> float | None:
    return round(float(np.quantile(values, q)), 4) if len(values) else None


def _retention(now: NDArray[Any], before: NDArray[Any], random_state: int) -> float | None:
    n = len(now)
    k = min(NEIGHBORS, n - 2)
    if k < 1:
        return None
    queries = np.sort(np.random.default_rng(random_state).permutation(n)[:MOST_QUERIES])
    then, after = _nearest(before, queries, k), _nearest(now, queries, k)
    return round(float((then[:, :, None] == after[:, None, :]).any(axis=2).mean()), 4)


def _nearest(positions: NDArray[Any], queries: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """Find the k nearest other points of each query."""
    _, found = KDTree(positions).query(positions[queries], k=k + 1)
    # Many points at one place may crowd a query out of its own list: then its last neighbour goes instead.
    is_itself = found == queries[:, None]
    is_itself[~is_itself.any(axis=1), -1] = True
    return np.asarray(found[~is_itself].reshape(len(queries), k))
