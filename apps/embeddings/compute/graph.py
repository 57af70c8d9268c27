"""The graph of nearest neighbours of a set of vectors: made once, and mended where vectors changed."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.progress import Callback
from apps.embeddings.compute.neighbors import extend_neighbors, measure_recall, nearest_neighbors, search

Lists = tuple[NDArray[np.int32], NDArray[np.float32]]

# Where more of the lists than this have to be made anew, all of them are.
MOST_MENDED = 0.3


def build_graph(
    vectors: NDArray[Any], *, n_neighbors: int, metric: str, callback: Callback | None = None
) -> dict[str, Any]:
    """Find the nearest neighbours of each vector and measure how many of the true ones were found.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        Finite floats; may be a memmap.
    n_neighbors : int
        How many, the vector itself included; at most n.
    metric : str
        As of `neighbors.nearest_neighbors`.
    callback : callable or None, default=None
        Called as ``callback(phase, fraction, positions)``; returning False cancels.

    Returns
    -------
    graph : dict
        "indices", int32 (n, n_neighbors), each vector itself first; "distances", float32, ascending; "recall", 0 … 1.
    """
    return _measured(
        vectors, nearest_neighbors(vectors, n_neighbors, metric=metric, callback=callback), metric, callback
    )


def mend_graph(
    vectors: NDArray[Any],
    indices: NDArray[np.int32],
    distances: NDArray[np.float32],
    is_changed: NDArray[np.bool_],
    *,
    metric: str,
    callback: Callback | None = None,
) -> dict[str, Any]:
    """Bring a graph up to date after some vectors were added, changed or removed: at a cost that grows with those.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        As they are now.
    indices : ndarray of shape (n, k) and dtype int32
        The known lists, by places among `vectors`; -1 for neighbours that are gone. Those of changed vectors are not
        looked at.
    distances : ndarray of shape (n, k) and dtype float32
    is_changed : ndarray of shape (n,) and dtype bool
        Which vectors are new or another than when the lists were made.
    metric : str
        Not "dot": its distances change with the largest norm.
    callback : callable or None, default=None

    Returns
    -------
    graph : dict
        As of `build_graph`.
    """
    n, k = indices.shape
    known = np.flatnonzero(~is_changed)
    lists = indices[known]
    is_broken = ((lists < 0) | is_changed[np.maximum(lists, 0)]).any(axis=1)
    if len(known) < k or n - len(known) + int(is_broken.sum()) > MOST_MENDED * n:
        return build_graph(vectors, n_neighbors=k, metric=metric, callback=callback)
    order = np.concatenate([known, np.flatnonzero(is_changed)])
    ordered = vectors if bool(np.array_equal(order, np.arange(n))) else vectors[order]
    place = np.empty(n, dtype=np.int32)
    place[order] = np.arange(n, dtype=np.int32)
    found = place[np.maximum(lists, 0)], distances[known]
    search_anew(ordered[: len(known)], np.flatnonzero(is_broken), found, metric=metric, callback=callback)
    if len(known) < n:
        found = extend_neighbors(ordered, *found, metric=metric, callback=callback)
    return _measured(vectors, (order.astype(np.int32)[found[0]][place], found[1][place]), metric, callback)


def search_anew(
    vectors: NDArray[Any], broken: NDArray[np.intp], lists: Lists, *, metric: str, callback: Callback | None
) -> None:
    """Fill the lists of some vectors anew, each itself first."""
    if not len(broken):
        return
    indices, distances = lists
    k = indices.shape[1]
    near, away = search(vectors, vectors[broken], k, metric=metric, callback=callback)
    is_itself = near == broken[:, None]
    # Among enough duplicates a vector may have missed itself: it takes the place of the last.
    is_itself[~is_itself.any(axis=1), -1] = True
    rest = ~is_itself
    indices[broken, 0], distances[broken, 0] = broken, 0
    indices[broken, 1:] = near[rest].reshape(-1, k - 1)
    distances[broken, 1:] = away[rest].reshape(-1, k - 1)


def _measured(vectors: NDArray[Any], lists: Lists, metric: str, callback: Callback | None) -> dict[str, Any]:
    indices, distances = lists
    recall = measure_recall(vectors, indices, metric=metric, callback=callback)
    return {"indices": indices, "distances": distances, "recall": recall}
