"""Exact search among vectors that need not fit in memory."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.threads import Workers, block_bounds
from apps.embeddings.compute.exact import search_all
from apps.embeddings.compute.lists import NONE, Lists, settle
from apps.embeddings.compute.space import Space, prepare_empty

BYTES_A_CHUNK = 64 * 2**20


def search_chunks(
    vectors: NDArray[Any],
    queries: NDArray[Any],
    k: int,
    metric: str,
    workers: Workers,
    *,
    phase: str,
    own: NDArray[np.int32] | None = None,
) -> tuple[Space, Lists]:
    """Compare each query with all vectors; `own` names vectors that are not to be their own neighbours.

    Returns
    -------
    space : Space
        What the vectors fit in, without them.
    lists : Lists
        With settled distances, in the space's terms.
    """
    space = prepare_empty(vectors, metric, queries=queries, tell=lambda: workers.report(phase, 0.0))
    asked = space.like(queries)
    lists = Lists.empty(len(queries), k)
    n = len(vectors)
    for first, last in block_bounds(n, _rows_a_chunk(space)):
        part = space.like(vectors[first:last])
        names = np.arange(first, last, dtype=np.int32)
        search_all(asked, part, lists, workers, own=own, names=names, phase=phase, share=(first / n, last / n))
    settle_chunks(vectors, asked, lists, workers, phase)
    return space, lists


def settle_chunks(vectors: NDArray[Any], asked: Space, lists: Lists, workers: Workers, phase: str) -> None:
    """Compute listed distances exactly, reading only the vectors that are listed."""
    k = lists.indices.shape[1]
    for first, last in block_bounds(len(lists.indices), max(1, _rows_a_chunk(asked) // k)):
        block = lists.part(first, last)
        rows, places = np.unique(block.indices, return_inverse=True)
        n_missing = int(rows[0] == NONE)
        rows = rows[n_missing:]
        block.indices[:] = places.reshape(block.indices.shape) - n_missing
        settle(asked.rows(np.arange(first, last)), asked.like(vectors[rows]), block, workers, phase)
        block.indices[:] = np.append(rows, np.int32(NONE))[block.indices]


def _rows_a_chunk(space: Space) -> int:
    return max(1024, BYTES_A_CHUNK // int(4 * space.values.shape[1]))
