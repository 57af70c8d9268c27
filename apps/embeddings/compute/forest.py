"""Trees whose leaves hold vectors that lie near one another."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numba import njit
from numpy.typing import NDArray

from apps.common.compute.threads import Workers, block_bounds
from apps.embeddings.compute.lists import Lists
from apps.embeddings.compute.space import Space
from apps.embeddings.compute.tiles import compare, push

# Nodes with more rows are split one at a time, so that threads share a tree and none works long without a report.
MOST_A_TASK = 32768
# Rows that a node's two means are taken from.
SAMPLED = 24
# A split that leaves less than this on one side is replaced by halves: duplicates, outliers.
FEWEST_A_SIDE = 0.05
LEAVES_A_TASK = 32

Tree: TypeAlias = tuple[NDArray[np.int32], NDArray[np.int64]]


def grow_trees(
    space: Space,
    rows: NDArray[np.int32],
    n_trees: int,
    leaf_size: int,
    seed: int,
    workers: Workers,
    phase: str,
    share: tuple[float, float],
) -> list[Tree]:
    """Split some rows by planes between two means of a sample, until no leaf holds more than `leaf_size`.

    Returns
    -------
    list of (order, bounds)
        For each tree the rows in the order of its leaves, and where each leaf begins, then their number.
    """
    n = len(rows)
    orders = [rows.copy() for _ in range(n_trees)]
    nodes = [(tree, 0, n) for tree in range(n_trees)]
    large = [node for node in nodes if n > MOST_A_TASK]
    small = [node for node in nodes if n <= MOST_A_TASK]
    while large:
        tasks = [(space.values, orders[tree], first, last, seed + tree) for tree, first, last in large]
        middles = workers.run(_split, tasks, phase, share[0], share[0])
        halves = [
            (tree, *half)
            for (tree, first, last), middle in zip(large, middles, strict=True)
            for half in ((first, middle), (middle, last))
        ]
        small += [node for node in halves if node[2] - node[1] <= MOST_A_TASK]
        large = [node for node in halves if node[2] - node[1] > MOST_A_TASK]
    leaves = [(space.values, orders[tree], first, last, seed + tree, leaf_size) for tree, first, last in small]
    grown = workers.run(_grow, leaves, phase, *share)
    trees = []
    for tree, order in enumerate(orders):
        starts = [starts for (of, _, _), starts in zip(small, grown, strict=True) if of == tree]
        trees.append((order, np.append(np.sort(np.concatenate(starts)), n)))
    return trees


def join_leaves(
    space: Space,
    lists: Lists,
    tree: Tree,
    workers: Workers,
    phase: str,
    share: tuple[float, float],
) -> None:
    """Compare all pairs within each leaf. Each row is in one leaf of a tree: threads do not meet."""
    order, bounds = tree
    what = (space.values, space.weights, space.manhattan, order, bounds)
    tasks = [
        (*what, first, last, lists.indices, lists.distances, lists.fresh)
        for first, last in block_bounds(len(bounds) - 1, LEAVES_A_TASK)
    ]
    workers.run(_join_leaves, tasks, phase, *share)


@njit(nogil=True, cache=True)
def mix(a: int, b: int, c: int) -> np.uint64:
    """Hash three numbers: chance that depends on nothing else."""
    h = np.uint64(a) * np.uint64(0x9E3779B97F4A7C15)
    h = (h ^ (h >> np.uint64(29))) + np.uint64(b)
    h = h * np.uint64(0xBF58476D1CE4E5B9)
    h = (h ^ (h >> np.uint64(32))) + np.uint64(c)
    h = h * np.uint64(0x94D049BB133111EB)
    return h ^ (h >> np.uint64(31))


@njit(nogil=True, cache=True, fastmath=True)
def _nearer_to_second(x: NDArray[np.float32], direction: NDArray[np.float32], offset: np.float32) -> np.bool:
    total = np.float32(0)
    for p in range(len(x)):
        total += x[p] * direction[p]
    return total > offset


@njit(nogil=True, cache=True, fastmath=True)
def _plane(
    values: NDArray[np.float32],
    order: NDArray[np.int32],
    first: int,
    last: int,
    seed: int,
    direction: NDArray[np.float32],
) -> np.float32:
    """Find the plane between the means of the sampled rows near one of two rows and near the other."""
    width = values.shape[1]
    n = np.uint64(last - first)
    one = values[order[first + np.int64(mix(seed, first, 0) % n)]]
    two = values[order[first + np.int64(mix(seed, first, 1) % n)]]
    offset = np.float32(0)
    for p in range(width):
        direction[p] = two[p] - one[p]
        offset += direction[p] * (two[p] + one[p])
    offset *= np.float32(0.5)
    means = np.empty((2, width), dtype=np.float32)
    for p in range(width):
        means[0, p], means[1, p] = one[p], two[p]
    n_one = n_two = np.float32(1)
    for draw in range(SAMPLED):
        x = values[order[first + np.int64(mix(seed, first, 2 + draw) % n)]]
        side = 1 if _nearer_to_second(x, direction, offset) else 0
        n_two += np.float32(side)
        n_one += np.float32(1 - side)
        for p in range(width):
            means[side, p] += x[p]
    offset = np.float32(0)
    for p in range(width):
        a = means[0, p] / n_one
        b = means[1, p] / n_two
        direction[p] = b - a
        offset += (b - a) * (b + a)
    return offset * np.float32(0.5)


@njit(nogil=True, cache=True)
def _split(values: NDArray[np.float32], order: NDArray[np.int32], first: int, last: int, seed: int) -> int:
    """Bring the rows of one side before those of the other, in place; return where the other begins."""
    direction = np.empty(values.shape[1], dtype=np.float32)
    offset = _plane(values, order, first, last, seed, direction)
    other = np.empty(last - first, dtype=np.int32)
    n_other = 0
    middle = first
    for at in range(first, last):
        row = order[at]
        if _nearer_to_second(values[row], direction, offset):
            other[n_other] = row
            n_other += 1
        else:
            order[middle] = row
            middle += 1
    for at in range(n_other):
        order[middle + at] = other[at]
    if min(middle - first, n_other) < FEWEST_A_SIDE * (last - first):
        return (first + last) // 2
    return middle


@njit(nogil=True, cache=True)
def _grow(
    values: NDArray[np.float32], order: NDArray[np.int32], first: int, last: int, seed: int, leaf_size: int
) -> NDArray[np.int64]:
    starts = [first for _ in range(0)]
    stack = [(first, last)]
    while len(stack) > 0:
        first, last = stack.pop()
        if last - first <= leaf_size:
            starts.append(first)
            continue
        middle = _split(values, order, first, last, seed)
        stack.append((middle, last))
        stack.append((first, middle))
    return np.array(starts, dtype=np.int64)


@njit(nogil=True, cache=True)
def _join_leaves(
    values: NDArray[np.float32],
    weights: NDArray[np.float32],
    manhattan: bool,
    order: NDArray[np.int32],
    bounds: NDArray[np.int64],
    first: int,
    last: int,
    indices: NDArray[np.int32],
    distances: NDArray[np.float32],
    fresh: NDArray[np.uint8],
) -> None:
    k = indices.shape[1]
    largest = 0
    for leaf in range(first, last):
        largest = max(largest, bounds[leaf + 1] - bounds[leaf])
    out = np.empty((largest + 4, largest + 4), dtype=np.float32)
    for leaf in range(first, last):
        rows = order[bounds[leaf] : bounds[leaf + 1]]
        n = len(rows)
        compare(values, weights, rows, n, values, weights, rows, n, manhattan, True, out)
        for i in range(n):
            for j in range(i + 1, n):
                distance = out[i, j]
                if distance < distances[rows[i], k - 1]:
                    push(indices, distances, fresh, rows[i], rows[j], distance, 1)
                if distance < distances[rows[j], k - 1]:
                    push(indices, distances, fresh, rows[j], rows[i], distance, 1)
