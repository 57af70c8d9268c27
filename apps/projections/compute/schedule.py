"""Which edges are visited together: blocks of vertices meet in pairs, so that no two threads move the same vertex."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from apps.projections.compute.graph import Graph


class Schedule(NamedTuple):
    """Every edge once, sorted by the pair of blocks that its ends lie in, then by its head.

    Edge e of pair p lies in ``starts[p] : starts[p + 1]``; pair (a, b), a <= b, has the number a * blocks + b.
    """

    heads: NDArray[np.int32]
    tails: NDArray[np.int32]
    rates: NDArray[np.uint32]
    starts: NDArray[np.int64]
    rounds: list[list[int]]


def count_blocks(n: int) -> int:
    """Choose the number of blocks, by the number of vertices alone: results must not depend on threads."""
    if n < 4096:
        return 1
    return 4 if n < 50_000 else 8 if n < 200_000 else 16


def make_schedule(graph: Graph, ranks: NDArray[np.int32], blocks: int) -> Schedule:
    """Sort the edges for vertices that stand in this order."""
    n = len(ranks)
    size = -(-n // blocks)
    counts = np.zeros(blocks * blocks + 1, dtype=np.int64)
    order = np.empty(n, dtype=np.int32)
    order[ranks] = np.arange(n, dtype=np.int32)
    _count(graph.indptr, graph.indices, order, ranks, size, blocks, counts)
    starts = np.cumsum(counts)
    heads, tails = np.empty(starts[-1], dtype=np.int32), np.empty(starts[-1], dtype=np.int32)
    rates = np.empty(starts[-1], dtype=np.uint32)
    largest = float(graph.weights.max()) if len(graph.weights) else 1.0
    _fill(
        graph.indptr,
        graph.indices,
        graph.weights,
        largest,
        order,
        ranks,
        size,
        blocks,
        starts.copy(),
        heads,
        tails,
        rates,
    )
    return Schedule(heads, tails, rates, starts, _rounds(blocks))


def _rounds(blocks: int) -> list[list[int]]:
    """Give the pairs of blocks round by round, each block once a round: first with itself, then as in a tournament."""
    rounds = [[a * blocks + a for a in range(blocks)]]
    others = list(range(1, blocks))
    for _ in range(blocks - 1):
        table = [0, *others]
        pairs = [(table[i], table[-1 - i]) for i in range(blocks // 2)]
        rounds.append([min(pair) * blocks + max(pair) for pair in pairs])
        others = others[1:] + others[:1]
    return rounds


@njit(nogil=True, cache=True)
def _count(indptr, indices, order, ranks, size, blocks, counts):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    for rank in range(len(order)):
        i = order[rank]
        for e in range(indptr[i], indptr[i + 1]):
            other = ranks[indices[e]]
            if other > rank:
                counts[(rank // size) * blocks + other // size + 1] += 1


@njit(nogil=True, cache=True)
def _fill(indptr, indices, weights, largest, order, ranks, size, blocks, ends, heads, tails, rates):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    for rank in range(len(order)):
        i = order[rank]
        for e in range(indptr[i], indptr[i + 1]):
            other = ranks[indices[e]]
            if other > rank:
                pair = (rank // size) * blocks + other // size
                at = ends[pair]
                heads[at] = rank
                tails[at] = other
                rates[at] = np.uint32(min(weights[e] / largest * 4294967296.0, 4294967295.0))
                ends[pair] = at + 1
