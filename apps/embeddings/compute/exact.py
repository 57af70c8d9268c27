"""Exact search: all pairs, in blocks that stay in the cache."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from apps.common.compute.threads import Workers, block_bounds
from apps.embeddings.compute.lists import NONE, Lists
from apps.embeddings.compute.space import Space
from apps.embeddings.compute.tiles import compare, push

QUERIES_A_BLOCK = 64
ROWS_A_TILE = 64
# About 0.1 s of work.
MULTIPLICATIONS_A_TASK = 4e9


def search_all(
    asked: Space,
    space: Space,
    lists: Lists,
    workers: Workers,
    *,
    own: NDArray[np.int32] | None = None,
    names: NDArray[np.int32] | None = None,
    phase: str = "Finding neighbours",
    share: tuple[float, float] = (0.0, 0.99),
) -> None:
    """Push the rows of `space` into the lists of the rows asked about.

    Parameters
    ----------
    own : ndarray of shape (m,) and dtype int32, or None, default=None
        What the rows asked about are called in the lists, where they are not to be their own neighbours.
    names : ndarray of shape (n,) and dtype int32, or None, default=None
        What the rows of `space` are called in the lists; None: by their numbers.
    """
    n, width = space.values.shape
    rows = max(ROWS_A_TILE, int(MULTIPLICATIONS_A_TASK / (QUERIES_A_BLOCK * width)))
    # A block of queries meets the rows in order, so that lists do not depend on threads: each has one thread at a time.
    own = np.full(len(asked.values), NONE, dtype=np.int32) if own is None else own
    names = np.arange(n, dtype=np.int32) if names is None else names
    blocks = block_bounds(len(asked.values), QUERIES_A_BLOCK)
    for start, last in block_bounds(n, rows):
        what = (space.values, space.weights, start, last, space.manhattan, own, names)
        workers.run(
            _search_block,
            [
                (asked.values, asked.weights, *block, *what, lists.indices, lists.distances, lists.fresh)
                for block in blocks
            ],
            phase,
            share[0] + (share[1] - share[0]) * start / n,
            share[0] + (share[1] - share[0]) * last / n,
        )


@njit(nogil=True, cache=True)
def _search_block(
    a: NDArray[np.float32],
    weights_a: NDArray[np.float32],
    first_query: int,
    last_query: int,
    b: NDArray[np.float32],
    weights_b: NDArray[np.float32],
    first: int,
    last: int,
    manhattan: bool,
    own: NDArray[np.int32],
    names: NDArray[np.int32],
    indices: NDArray[np.int32],
    distances: NDArray[np.float32],
    fresh: NDArray[np.uint8],
) -> None:
    k = indices.shape[1]
    out = np.empty((QUERIES_A_BLOCK, ROWS_A_TILE), dtype=np.float32)
    queries = np.arange(first_query, last_query).astype(np.int32)
    for start in range(first, last, ROWS_A_TILE):
        rows = np.arange(start, min(start + ROWS_A_TILE, last)).astype(np.int32)
        compare(a, weights_a, queries, len(queries), b, weights_b, rows, len(rows), manhattan, False, out)
        for i in range(len(queries)):
            query = queries[i]
            for j in range(len(rows)):
                if out[i, j] < distances[query, k - 1] and names[rows[j]] != own[query]:
                    push(indices, distances, fresh, query, names[rows[j]], out[i, j], 1)
