"""Neighbours of rows that were added, and what they change for those that were there."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from apps.common.compute.threads import Workers
from apps.embeddings.compute.beam import search_graph
from apps.embeddings.compute.build import PHASE, candidates_for, complete, join_trees, refine
from apps.embeddings.compute.lists import Lists
from apps.embeddings.compute.space import Space
from apps.embeddings.compute.tiles import push

TREES = 4
ROUNDS = 3


def extend(
    space: Space, known: NDArray[np.int32], apart: NDArray[np.float32], seed: int, workers: Workers
) -> tuple[Lists, NDArray[np.int32]]:
    """Give lists to the rows after the known ones and mend the known.

    New rows are looked for along the known graph and, by trees, among one another; then neighbourhoods are joined
    where something is new.

    Parameters
    ----------
    known : ndarray of shape (n_known, k) and dtype int32
        Lists without the rows themselves, ascending.
    apart : ndarray of shape (n_known, k) and dtype float32
        Their distances, in the space's terms.

    Returns
    -------
    lists : Lists
        Of all rows.
    changed : ndarray of dtype int32
        The rows whose lists are new or other than before.
    """
    n_known, k = known.shape
    n = len(space.values)
    lists = Lists.empty(n, k)
    lists.indices[:n_known], lists.distances[:n_known] = known, apart
    rows = np.arange(n_known, n, dtype=np.int32)
    met = search_graph(space.rows(rows), space, known, k, workers, kept=k, phase=PHASE, share=(0.05, 0.4))
    lists.indices[n_known:], lists.distances[n_known:] = met.indices, met.distances
    lists.fresh[n_known:] = 1
    join_trees(space, rows, lists, TREES, seed, workers, (0.4, 0.55))
    parts = [
        (part, workers.n_threads, n_known, met.indices, met.distances, lists.indices, lists.distances, lists.fresh)
        for part in range(workers.n_threads)
    ]
    workers.run(_answer, parts, PHASE, 0.55, 0.55)
    refine(space, lists, candidates_for(k), seed, workers, ROUNDS, (0.55, 0.95))
    complete(space, lists, workers)
    changed = np.append((lists.indices[:n_known] != known).any(axis=1), np.ones(n - n_known, dtype=bool))
    return lists, np.flatnonzero(changed).astype(np.int32)


@njit(nogil=True, cache=True)
def _answer(
    part: int,
    n_parts: int,
    first: int,
    met: NDArray[np.int32],
    apart: NDArray[np.float32],
    indices: NDArray[np.int32],
    distances: NDArray[np.float32],
    fresh: NDArray[np.uint8],
) -> None:
    """Push new rows into the lists of the known rows that they found, by parts of the known rows."""
    for number in range(len(met)):
        for place in range(met.shape[1]):
            other = met[number, place]
            if other >= 0 and (other >> 6) % n_parts == part:
                push(indices, distances, fresh, other, first + number, apart[number, place], 1)
