"""One graph of neighbours from those of overlapping cells, each of which was made by itself."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.progress import Callback, report
from apps.embeddings.compute.cells import blocks
from apps.embeddings.compute.graph import search_anew
from apps.embeddings.compute.neighbors import measure_recall, nearest_neighbors, refine_neighbors

PHASE = "Joining the neighbours of the cells"
# With so many of the true neighbours in them, the joined lists need no descent, which costs as much as half of all.
GOOD = 0.99


def find_in_cell(
    vectors: NDArray[Any],
    *,
    n_neighbors: int,
    metric: str,
    random_state: int = 0,
    callback: Callback | None = None,
) -> dict[str, NDArray[Any]]:
    """Find the neighbours of a cell's vectors among themselves.

    Parameters
    ----------
    vectors : ndarray of shape (m, d)
        Those of one cell.
    n_neighbors : int
        Each itself included; all m where there are fewer.
    metric, random_state, callback
        As of `neighbors.nearest_neighbors`.

    Returns
    -------
    lists : dict
        "indices", int32 (m, k): places in the cell, each itself first; "distances", float32 (m, k).
    """
    indices, distances = nearest_neighbors(
        vectors, n_neighbors, metric=metric, random_state=random_state, callback=callback
    )
    return {"indices": indices, "distances": distances}


def join_cells(
    vectors: NDArray[Any],
    *pieces: NDArray[Any],
    n_neighbors: int,
    metric: str,
    n_iterations: int = 1,
    random_state: int = 0,
    callback: Callback | None = None,
) -> dict[str, Any]:
    """Make one graph of the cells' lists, measure it, and refine it by descent where it lacks more than it may.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        All of them; may be a memmap.
    *pieces : ndarrays
        For each cell three: which rows it has, int32 (m,), -1 for one that is gone; its indices and its distances, as
        `find_in_cell` gives them. They may be memmaps.
    n_neighbors : int
    metric : str
    n_iterations : int, default=1
        At most so many rounds of descent over the joined lists, which hold all vectors in memory; 0 does without them.
    random_state : int, default=0
    callback : callable or None, default=None

    Returns
    -------
    graph : dict
        As of `graph.build_graph`.
    """
    cells = [pieces[at : at + 3] for at in range(0, len(pieces), 3)]
    indices, distances = merge_lists(len(vectors), cells, n_neighbors, callback=callback)
    short = np.flatnonzero((indices < 0).any(axis=1))
    if len(short) and not n_iterations:
        search_anew(vectors, short, (indices, distances), metric=metric, callback=callback)
    recall = measure_recall(vectors, indices, metric=metric, callback=callback)
    if n_iterations and (len(short) or recall < GOOD):
        indices, distances = refine_neighbors(
            vectors,
            indices,
            distances,
            metric=metric,
            n_iterations=n_iterations,
            random_state=random_state,
            callback=callback,
        )
        recall = measure_recall(vectors, indices, metric=metric, callback=callback)
    return {"indices": indices, "distances": distances, "recall": recall}


def merge_lists(
    n: int, cells: list[tuple[NDArray[Any], ...]], n_neighbors: int, *, callback: Callback | None = None
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Keep for each row the nearest of the lists that the cells have for it, each neighbour once.

    Parameters
    ----------
    n : int
        How many rows there are.
    cells : list of (rows, indices, distances)
        As of `join_cells`.
    n_neighbors : int
    callback : callable or None, default=None

    Returns
    -------
    indices : ndarray of shape (n, n_neighbors) and dtype int32
        Row numbers, each row itself first, then by ascending distance; -1 where there are no more.
    distances : ndarray of shape (n, n_neighbors) and dtype float32
        Infinite where there are no more.
    """
    indices = np.full((n, n_neighbors), -1, dtype=np.int32)
    distances = np.full((n, n_neighbors), np.inf, dtype=np.float32)
    indices[:, 0], distances[:, 0] = np.arange(n), 0
    done, total = 0, sum(len(rows) for rows, _, _ in cells)
    for rows, near, away in cells:
        for start, block in blocks(rows):
            report(callback, PHASE, (done + start) / total)
            here = slice(start, start + len(block))
            kept = block >= 0
            lists, lengths = np.asarray(rows)[near[here][kept]], away[here][kept]
            own = block[kept]
            indices[own], distances[own] = _nearest_of_both(
                np.concatenate([indices[own], lists], axis=1),
                np.concatenate([distances[own], lengths], axis=1),
                n_neighbors,
            )
        done += len(rows)
    return indices, distances


def _nearest_of_both(
    indices: NDArray[np.int32], distances: NDArray[np.float32], k: int
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Keep the k nearest of each row's candidates; the first stays before its equals."""
    by_number = np.argsort(indices, axis=1, kind="stable")
    numbers = np.take_along_axis(indices, by_number, axis=1)
    again = np.zeros(indices.shape, dtype=np.bool_)
    np.put_along_axis(again, by_number[:, 1:], numbers[:, 1:] == numbers[:, :-1], axis=1)
    nothing = again | (indices < 0)
    lengths = np.where(nothing, np.float32(np.inf), distances)
    order = np.argsort(lengths, axis=1, kind="stable")[:, :k]
    found = np.take_along_axis(np.where(nothing, np.int32(-1), indices), order, axis=1)
    return found, np.take_along_axis(lengths, order, axis=1)
