"""Best-first search along a graph of neighbours."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from apps.common.compute.threads import Workers, block_bounds
from apps.embeddings.compute.exact import search_all
from apps.embeddings.compute.lists import NONE, Lists
from apps.embeddings.compute.space import Space
from apps.embeddings.compute.tiles import distance_between, kind_of, push

# Rows from all over the graph that each query is compared with first, and how many of them it starts from.
ENTRIES = 1024
QUERIES_A_TASK = 256
# Room for the rows that a query has met; a full table lets rows be met again, which costs time only.
VISITED = 2**13


def search_graph(
    asked: Space,
    space: Space,
    graph: NDArray[np.int32],
    k: int,
    workers: Workers,
    *,
    kept: int,
    phase: str,
    share: tuple[float, float],
) -> Lists:
    """Find rows near each row of `asked`: from the nearest of a sample, to neighbours' neighbours.

    Parameters
    ----------
    graph : ndarray of shape (n, g) and dtype int32
        Neighbours of the first n rows of `space`, which are those searched; -1 for none.
    kept : int
        How many of the nearest are remembered and followed, k or more: more find more and cost more.
    """
    n = len(graph)
    entries = np.unique(np.linspace(0, n - 1, ENTRIES).astype(np.int64)).astype(np.int32)
    pools = Lists.empty(len(asked.values), kept)
    middle = share[0] + (share[1] - share[0]) * 0.2
    search_all(asked, space.rows(entries), pools, workers, names=entries, phase=phase, share=(share[0], middle))
    where = (asked.values, asked.weights, space.values, space.weights, kind_of(space.metric), graph)
    tasks = [
        (*where, *block, pools.indices, pools.distances, pools.fresh)
        for block in block_bounds(len(asked.values), QUERIES_A_TASK)
    ]
    workers.run(_walk, tasks, phase, middle, share[1])
    return pools.first(k)


@njit(nogil=True, cache=True)
def _walk(
    a: NDArray[np.float32],
    weights_a: NDArray[np.float32],
    b: NDArray[np.float32],
    weights_b: NDArray[np.float32],
    kind: int,
    graph: NDArray[np.int32],
    first: int,
    last: int,
    indices: NDArray[np.int32],
    distances: NDArray[np.float32],
    fresh: NDArray[np.uint8],
) -> None:
    """Follow the nearest row of a query's pool that was not followed yet, until all were; fresh: not followed."""
    size = indices.shape[1]
    visited = np.full(VISITED, NONE, dtype=np.int32)
    for query in range(first, last):
        visited[:] = NONE
        place = 0
        while place < size and indices[query, place] >= 0:
            if not fresh[query, place]:
                place += 1
                continue
            fresh[query, place] = 0
            lowest = place
            for other in graph[indices[query, place]]:
                slot = (np.int64(other) * 2654435761 >> 15) & (VISITED - 1)
                if other < 0 or visited[slot] == other:
                    continue
                visited[slot] = other
                distance = distance_between(a[query], b[other], weights_a[query] + weights_b[other], kind)
                if distance < distances[query, size - 1]:
                    push(indices, distances, fresh, query, other, distance, 1)
                    lowest = 0
            place = lowest
