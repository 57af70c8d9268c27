"""Approximate neighbours of all vectors: trees for a start, then descent until little changes."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from apps.common.compute.threads import Workers
from apps.embeddings.compute.descent import descend
from apps.embeddings.compute.exact import search_all
from apps.embeddings.compute.forest import grow_trees, join_leaves
from apps.embeddings.compute.lists import NONE, Lists
from apps.embeddings.compute.recall import Sample
from apps.embeddings.compute.space import Space

PHASE = "Finding neighbours"
LEAF_SIZE = 128
# By "dot", so many of the longest vectors are compared with all.
LONGEST = 512
FEWEST_TREES = 5
# Entries of a neighbourhood that a round of descent joins.
FEWEST_CANDIDATES = 12
MOST_CANDIDATES = 60
# Rounds end where the next would change less than this share of all entries.
LEAST_CHANGE = 0.003
MOST_ROUNDS = 12
# Below this share of the true neighbours, as measured on a sample, the search goes on.
ENOUGH = 0.96
SAMPLED = 256
# Below this after the trees, descent would not get there.
HOPELESS = 0.3
# Up to so many multiplications, half a minute of a core, all pairs are compared then. Beyond, lists are made longer.
MOST_COMPARED = 1.5e12
LONGER = 16


def renumber(space: Space, seed: int, workers: Workers) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Bring the rows of a space, in place, into the order of a tree's leaves: neighbours lie near in memory.

    Returns
    -------
    order : ndarray of shape (n,) and dtype int32
        The rows' former numbers.
    bounds : ndarray of dtype int64
        Where each leaf begins, then n.
    """
    rows = np.arange(len(space.values), dtype=np.int32)
    [(order, bounds)] = grow_trees(space, rows, 1, LEAF_SIZE, seed, workers, PHASE, (0.02, 0.08))
    _permute(space.values, space.weights, order)
    return order, bounds


def build(space: Space, bounds: NDArray[np.int64], k: int, seed: int, workers: Workers) -> Lists:
    """Find k neighbours of each row of a renumbered space, without itself."""
    n = len(space.values)
    rows = np.arange(n, dtype=np.int32)
    lists = Lists.empty(n, k)
    join_leaves(space, lists, (rows, bounds), workers, PHASE, (0.08, 0.12))
    join_trees(space, rows, lists, trees_for(n) - 1, seed + 1, workers, (0.12, 0.5))
    join_longest(space, lists, workers)
    sample = Sample(space, k, SAMPLED, workers, PHASE, (0.5, 0.52))
    payable = n * n * space.values.shape[1] < MOST_COMPARED
    if not payable or sample.recall(lists, workers, PHASE) > HOPELESS:
        refine(space, lists, candidates_for(k), seed, workers, MOST_ROUNDS, (0.52, 0.75))
    if sample.recall(lists, workers, PHASE) < ENOUGH:
        lists = compare_all(space, lists, workers) if payable else try_harder(space, lists, seed, workers)
    complete(space, lists, workers)
    return lists


def compare_all(space: Space, lists: Lists, workers: Workers) -> Lists:
    """Compare all pairs of rows."""
    own = np.arange(len(lists.indices), dtype=np.int32)
    search_all(space, space, lists, workers, own=own, phase=PHASE, share=(0.75, 0.98))
    return lists


def try_harder(space: Space, lists: Lists, seed: int, workers: Workers) -> Lists:
    """Descend with longer lists: in high dimensions a neighbour's neighbours need not be near."""
    n, k = lists.indices.shape
    lists = lists.widened(min(k + LONGER, n - 1))
    lists.fresh[:] = 1
    refine(space, lists, MOST_CANDIDATES, seed + MOST_ROUNDS, workers, MOST_ROUNDS, (0.75, 0.98))
    return lists.first(k)


def join_trees(
    space: Space,
    rows: NDArray[np.int32],
    lists: Lists,
    n_trees: int,
    seed: int,
    workers: Workers,
    share: tuple[float, float],
) -> None:
    """Grow trees of some rows and compare all pairs within their leaves."""
    done = np.linspace(*share, n_trees + 2).tolist()
    trees = grow_trees(space, rows, n_trees, LEAF_SIZE, seed, workers, PHASE, (done[0], done[1]))
    for number, tree in enumerate(trees, start=1):
        join_leaves(space, lists, tree, workers, PHASE, (done[number], done[number + 1]))


def join_longest(space: Space, lists: Lists, workers: Workers) -> None:
    """Compare all rows with the longest, where products count: those are near to many, and trees do not know."""
    if space.metric != "dot":
        return
    lengths = np.einsum("ij,ij->i", space.values, space.values)
    longest = np.argsort(-lengths, kind="stable")[:LONGEST].astype(np.int32)
    own = np.arange(len(lengths), dtype=np.int32)
    search_all(space, space.rows(longest), lists, workers, own=own, names=longest, phase=PHASE, share=(0.5, 0.5))


def complete(space: Space, lists: Lists, workers: Workers) -> None:
    """Search exactly for the rows, if there are any, that have fewer neighbours than their lists have room for."""
    rows = np.flatnonzero(lists.indices[:, -1] == NONE).astype(np.int32)
    if not len(rows):
        return
    found = Lists.empty(len(rows), lists.indices.shape[1])
    search_all(space.rows(rows), space, found, workers, own=rows, phase=PHASE)
    lists.indices[rows] = found.indices
    lists.distances[rows] = found.distances


def trees_for(n: int) -> int:
    """How many trees n rows start from: the more rows, the less does one find of what there is."""
    return max(FEWEST_TREES, round(math.sqrt(math.sqrt(n)) / 3))


def candidates_for(k: int) -> int:
    """How many entries of a neighbourhood a round of descent joins, for lists of k."""
    return min(max(k, FEWEST_CANDIDATES), MOST_CANDIDATES)


def refine(
    space: Space,
    lists: Lists,
    n_candidates: int,
    seed: int,
    workers: Workers,
    most_rounds: int,
    share: tuple[float, float],
) -> None:
    """Descend until the next round would change little, going by how the changes become fewer."""
    before = lists.indices.size
    for number in range(most_rounds):
        start = share[0] + (share[1] - share[0]) * number / most_rounds
        end = share[0] + (share[1] - share[0]) * (number + 1) / most_rounds
        changed = descend(space, lists, n_candidates, seed + number, workers, PHASE, (start, end))
        if changed * changed / before < LEAST_CHANGE * lists.indices.size:
            break
        before = max(changed, 1)


@njit(nogil=True, cache=True)
def _permute(values: NDArray[np.float32], weights: NDArray[np.float32], order: NDArray[np.int32]) -> None:
    """Move row order[i] to i for all i, along cycles."""
    width = values.shape[1]
    moved = np.zeros(len(order), dtype=np.uint8)
    row = np.empty(width, dtype=np.float32)
    for start in range(len(order)):
        if moved[start]:
            continue
        for p in range(width):
            row[p] = values[start, p]
        weight = weights[start]
        at = start
        while order[at] != start:
            moved[at] = 1
            source = order[at]
            for p in range(width):
                values[at, p] = values[source, p]
            weights[at] = weights[source]
            at = source
        moved[at] = 1
        for p in range(width):
            values[at, p] = row[p]
        weights[at] = weight
