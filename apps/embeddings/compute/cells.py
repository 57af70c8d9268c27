"""Cutting many vectors into cells that overlap and are of about one size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.progress import Callback, report

ROWS_A_BLOCK = 8192
# Of the k-means: how many vectors stand for a cell, rounds, and how strongly a cell that is too large is avoided.
SAMPLED_A_CELL = 512
ROUNDS = 24
AVOIDANCE = 0.5
# In so many cells is each vector: with two, a twentieth of the neighbours is lost at the borders.
HOMES = 3
# A cell that is larger than so many average ones, of duplicates say, is cut by row; what is cut knows less.
LARGEST = 2.5
PHASE = "Cutting the vectors into cells"


def plan_cells(
    vectors: NDArray[Any], *, n_cells: int, metric: str, random_state: int = 0, callback: Callback | None = None
) -> dict[str, NDArray[Any]]:
    """Cut the vectors into overlapping cells: each vector is in the three whose centres are nearest.

    The centres come from a k-means on a sample, in which cells that grow too large move away from their vectors
    (weights as in a power diagram), so that all cells are of about one size.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        Finite floats; may be a memmap, of which a block is read at a time.
    n_cells : int
        At least 3.
    metric : str
        "euclidean", "cosine", "manhattan" or "correlation".
    random_state : int, default=0
    callback : callable or None, default=None

    Returns
    -------
    cells : dict
        "rows", int32 (3 n,): the rows of one cell after the other, ascending in each; "starts", int64 (n_parts + 1,):
        where each begins. There are more parts than cells where one had to be cut.
    """
    report(callback, PHASE, 0.0)
    centres, weights = _balanced_centres(vectors, n_cells, metric, random_state, callback)
    homes = np.empty((len(vectors), HOMES), dtype=np.int32)
    for start, block in blocks(vectors):
        report(callback, PHASE, 0.3 + 0.7 * start / len(vectors))
        homes[start : start + len(block)] = _nearest_cells(_unit(block, metric), centres, weights)
    members = np.argsort(homes.reshape(-1), kind="stable").astype(np.int64) // HOMES
    counts = np.bincount(homes.reshape(-1), minlength=n_cells)
    cells = np.split(members.astype(np.int32), np.cumsum(counts)[:-1])
    parts = [part for cell in cells for part in _cut(cell, LARGEST * HOMES * len(vectors) / n_cells)]
    starts = np.cumsum([0, *(len(part) for part in parts)], dtype=np.int64)
    return {"rows": np.concatenate(parts), "starts": starts}


def blocks(array: NDArray[Any]) -> Iterator[tuple[int, NDArray[Any]]]:
    """Go through an array, or a memmap, a block at a time: where it starts, and the block."""
    for start in range(0, len(array), ROWS_A_BLOCK):
        yield start, array[start : start + ROWS_A_BLOCK]


def _balanced_centres(
    vectors: NDArray[Any], n_cells: int, metric: str, random_state: int, callback: Callback | None
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Centres and what is added to the squared distance from each."""
    generator = np.random.default_rng(random_state)
    count = min(len(vectors), SAMPLED_A_CELL * n_cells)
    sample = _unit(vectors[np.sort(generator.permutation(len(vectors))[:count])], metric)
    centres = sample[np.sort(generator.permutation(count)[:n_cells])].copy()
    weights = np.zeros(n_cells, dtype=np.float32)
    spread = float(sample.var(axis=0).sum())
    for round_ in range(ROUNDS):
        report(callback, PHASE, 0.3 * round_ / ROUNDS)
        homes = np.concatenate([_nearest_cells(block, centres, weights) for _, block in blocks(sample)])
        counts = np.bincount(homes.reshape(-1), minlength=n_cells)
        weights += np.float32(AVOIDANCE * spread * (1 - round_ / ROUNDS)) * (counts / (HOMES * count / n_cells) - 1)
        if round_ < ROUNDS // 2:
            for cell in range(n_cells):
                inside = homes[:, 0] == cell
                if inside.any():
                    centres[cell] = sample[inside].mean(axis=0)
    return centres, weights


def _nearest_cells(
    block: NDArray[np.float32], centres: NDArray[np.float32], weights: NDArray[np.float32]
) -> NDArray[np.int32]:
    away = (centres**2).sum(axis=1) + weights - 2 * (block @ centres.T)
    nearest = np.argpartition(away, HOMES - 1, axis=1)[:, :HOMES]
    order = np.argsort(np.take_along_axis(away, nearest, axis=1), axis=1, kind="stable")
    found: NDArray[np.int32] = np.take_along_axis(nearest, order, axis=1).astype(np.int32)
    return found


def _cut(cell: NDArray[np.int32], most: float) -> list[NDArray[np.int32]]:
    pieces = int(np.ceil(len(cell) / most))
    return [cell[piece::pieces] for piece in range(pieces)]


def _unit(block: NDArray[Any], metric: str) -> NDArray[np.float32]:
    """Where the vectors stand for the k-means: of one length where only their direction counts."""
    placed = np.asarray(block, dtype=np.float32)
    if metric == "correlation":
        placed = placed - placed.mean(axis=1, keepdims=True)
    if metric in {"cosine", "correlation"}:
        lengths = np.linalg.norm(placed, axis=1, keepdims=True)
        placed = np.divide(placed, np.where(lengths > 0, lengths, 1), dtype=np.float32)
    return placed
