"""NN-descent: a neighbour of a neighbour is likely a neighbour.

W. Dong, M. Charikar, K. Li, "Efficient k-nearest neighbor graph construction for generic similarity measures", WWW
2011. Here a round's comparisons are collected by blocks of rows and applied by the rows they concern, so that the
lists do not depend on threads.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from apps.common.compute.threads import Workers, block_bounds
from apps.embeddings.compute.forest import mix
from apps.embeddings.compute.lists import NONE, ROWS_A_BLOCK, Lists
from apps.embeddings.compute.space import Space
from apps.embeddings.compute.tiles import TILE, compare, push

# What is found is applied after so many blocks of so many rows, each with room for so many finds.
BLOCKS_A_ROUND = 16
ROWS_A_JOIN = 1024
FINDS = 2**17


def descend(
    space: Space,
    lists: Lists,
    n_candidates: int,
    seed: int,
    workers: Workers,
    phase: str,
    share: tuple[float, float],
) -> int:
    """Join the neighbourhoods of all rows once, in place.

    Each row's neighbourhood is a sample of at most `n_candidates` entries that are new to their lists, its own and
    those it is in, and of as many that are not. New ones meet new ones and old ones.

    Returns
    -------
    int
        How many entries of lists changed.
    """
    n = len(lists.indices)
    new = np.full((n, n_candidates), NONE, dtype=np.int32)
    old = np.full((n, n_candidates), NONE, dtype=np.int32)
    _choose(lists, new, old, seed, workers, phase, share[0])
    ones = np.empty((BLOCKS_A_ROUND, FINDS), dtype=np.int32)
    others = np.empty((BLOCKS_A_ROUND, FINDS), dtype=np.int32)
    apart = np.empty((BLOCKS_A_ROUND, FINDS), dtype=np.float32)
    changed = 0
    for first, last in block_bounds(n, BLOCKS_A_ROUND * ROWS_A_JOIN):
        done = share[0] + (share[1] - share[0]) * first / n
        left = [(first + start, first + end) for start, end in block_bounds(last - first, ROWS_A_JOIN)]
        while left:
            counts = np.zeros(BLOCKS_A_ROUND, dtype=np.int64)
            what = (
                space.values,
                space.weights,
                space.manhattan,
                new,
                old,
                lists.distances,
                ones,
                others,
                apart,
                counts,
            )
            joins = [(*block, *what, number) for number, block in enumerate(left)]
            reached = workers.run(_join, joins, phase, done, done)
            parts = [
                (part, workers.n_threads, ones, others, apart, counts, lists.indices, lists.distances, lists.fresh)
                for part in range(workers.n_threads)
            ]
            changed += sum(workers.run(_apply, parts, phase, done, done))
            left = [(at, end) for at, (_, end) in zip(reached, left, strict=True) if at < end]
    return changed


def _choose(
    lists: Lists,
    new: NDArray[np.int32],
    old: NDArray[np.int32],
    seed: int,
    workers: Workers,
    phase: str,
    done: float,
) -> None:
    """Sample each row's neighbourhood by the hash of its edges, and call old what was sampled."""
    n = len(lists.indices)
    chance_new = np.empty(new.shape, dtype=np.uint32)
    chance_old = np.empty(old.shape, dtype=np.uint32)
    what = (lists.indices, lists.fresh, seed, new, chance_new, old, chance_old)
    size = -(-n // workers.n_threads)
    workers.run(_sample, [(*block, *what) for block in block_bounds(n, size)], phase, done, done)
    tasks = [(*block, lists.indices, lists.fresh, new) for block in block_bounds(n, 16 * ROWS_A_BLOCK)]
    workers.run(_age, tasks, phase, done, done)


@njit(nogil=True, cache=True)
def _offer(chosen: NDArray[np.int32], chances: NDArray[np.uint32], row: int, other: int, chance: np.uint32) -> None:
    """Keep those with the lowest numbers. An edge has the same number from both its ends."""
    size = chosen.shape[1]
    highest = 0
    for place in range(size):
        if chosen[row, place] == NONE:
            chosen[row, place] = other
            chances[row, place] = chance
            return
        if chosen[row, place] == other:
            return
        if chances[row, place] > chances[row, highest]:
            highest = place
    if chance < chances[row, highest]:
        chosen[row, highest] = other
        chances[row, highest] = chance


@njit(nogil=True, cache=True)
def _sample(
    first: int,
    last: int,
    indices: NDArray[np.int32],
    fresh: NDArray[np.uint8],
    seed: int,
    new: NDArray[np.int32],
    chance_new: NDArray[np.uint32],
    old: NDArray[np.int32],
    chance_old: NDArray[np.uint32],
) -> None:
    n, k = indices.shape
    for flag in (1, 0):
        chosen, chances = (new, chance_new) if flag else (old, chance_old)
        for row in range(n):
            inside = first <= row < last and (flag or new[row, 0] != NONE)
            for place in range(k):
                other = indices[row, place]
                if other < 0 or fresh[row, place] != flag:
                    continue
                # Old entries are of use only where they can meet new ones.
                other_inside = first <= other < last and (flag or new[other, 0] != NONE)
                if inside or other_inside:
                    chance = np.uint32(mix(seed, min(row, other), max(row, other)) >> np.uint64(32))
                    if inside:
                        _offer(chosen, chances, row, other, chance)
                    if other_inside:
                        _offer(chosen, chances, other, row, chance)


@njit(nogil=True, cache=True)
def _age(first: int, last: int, indices: NDArray[np.int32], fresh: NDArray[np.uint8], new: NDArray[np.int32]) -> None:
    for row in range(first, last):
        for place in range(indices.shape[1]):
            if fresh[row, place]:
                for other in new[row]:
                    if other == indices[row, place]:
                        fresh[row, place] = 0


@njit(nogil=True, cache=True)
def _join(
    first: int,
    last: int,
    values: NDArray[np.float32],
    weights: NDArray[np.float32],
    manhattan: bool,
    new: NDArray[np.int32],
    old: NDArray[np.int32],
    distances: NDArray[np.float32],
    ones: NDArray[np.int32],
    others: NDArray[np.int32],
    apart: NDArray[np.float32],
    counts: NDArray[np.int64],
    block: int,
) -> int:
    """Compare neighbourhoods of rows until there is no room for finds; return the row to go on with."""
    size = new.shape[1]
    k = distances.shape[1]
    rows = np.empty(2 * size, dtype=np.int32)
    limits = np.empty(2 * size, dtype=np.float32)
    out = np.empty((size + TILE, 2 * size + TILE), dtype=np.float32)
    count = 0
    for row in range(first, last):
        n_new = 0
        while n_new < size and new[row, n_new] != NONE:
            rows[n_new] = new[row, n_new]
            n_new += 1
        n = n_new
        for place in range(size if n_new > 0 else 0):
            if old[row, place] == NONE:
                break
            rows[n] = old[row, place]
            n += 1
        if count + n_new * n > apart.shape[1]:
            counts[block] = count
            return row
        for i in range(n):
            limits[i] = distances[rows[i], k - 1]
        compare(values, weights, rows, n_new, values, weights, rows, n, manhattan, True, out)
        for i in range(n_new):
            for j in range(i + 1, n):
                distance = out[i, j]
                if (distance < limits[i] or distance < limits[j]) and rows[i] != rows[j]:
                    ones[block, count] = rows[i]
                    others[block, count] = rows[j]
                    apart[block, count] = distance
                    count += 1
    counts[block] = count
    return last


@njit(nogil=True, cache=True)
def _apply(
    part: int,
    n_parts: int,
    ones: NDArray[np.int32],
    others: NDArray[np.int32],
    apart: NDArray[np.float32],
    counts: NDArray[np.int64],
    indices: NDArray[np.int32],
    distances: NDArray[np.float32],
    fresh: NDArray[np.uint8],
) -> int:
    """Push finds, in their order, into the lists of one part of the rows."""
    k = indices.shape[1]
    changed = 0
    for block in range(len(counts)):
        for number in range(counts[block]):
            one = ones[block, number]
            other = others[block, number]
            distance = apart[block, number]
            if (one >> 6) % n_parts == part and distance < distances[one, k - 1]:
                changed += push(indices, distances, fresh, one, other, distance, 1)
            if (other >> 6) % n_parts == part and distance < distances[other, k - 1]:
                changed += push(indices, distances, fresh, other, one, distance, 1)
    return changed
