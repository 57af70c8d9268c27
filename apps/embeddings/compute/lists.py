"""Lists of nearest rows, ascending by distance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from apps.common.compute.threads import Workers, block_bounds
from apps.embeddings.compute.space import Space
from apps.embeddings.compute.tiles import distance_between, kind_of

NONE = -1
ROWS_A_BLOCK = 4096


@dataclass(frozen=True)
class Lists:
    """For each row k others: row numbers (-1: none yet), distances (infinite: none), and which are new to it."""

    indices: NDArray[np.int32]
    distances: NDArray[np.float32]
    fresh: NDArray[np.uint8]

    @classmethod
    def empty(cls, n: int, k: int) -> Lists:
        """Make n lists without entries."""
        return cls(
            np.full((n, k), NONE, dtype=np.int32),
            np.full((n, k), np.inf, dtype=np.float32),
            np.zeros((n, k), dtype=np.uint8),
        )

    def part(self, first: int, last: int) -> Lists:
        """Look at some of the lists: what is written there is written here."""
        return Lists(self.indices[first:last], self.distances[first:last], self.fresh[first:last])

    def widened(self, k: int) -> Lists:
        """Copy the lists and make room for k entries in each."""
        wide = Lists.empty(len(self.indices), k)
        known = self.indices.shape[1]
        wide.indices[:, :known], wide.distances[:, :known] = self.indices, self.distances
        return wide

    def first(self, k: int) -> Lists:
        """Copy the first k entries of each list."""
        return Lists(self.indices[:, :k].copy(), self.distances[:, :k].copy(), self.fresh[:, :k].copy())


def settle(
    asked: Space,
    space: Space,
    lists: Lists,
    workers: Workers,
    phase: str,
    rows: NDArray[np.int32] | None = None,
) -> None:
    """Compute the distances of listed rows anew, exactly, and bring each list, or those of `rows`, into order."""
    rows = np.arange(len(lists.indices), dtype=np.int32) if rows is None else rows
    pair = (asked.values, asked.weights, space.values, space.weights, kind_of(space.metric))
    workers.run(
        _settle,
        [
            (*pair, rows[first:last], lists.indices, lists.distances)
            for first, last in block_bounds(len(rows), ROWS_A_BLOCK)
        ],
        phase,
        0.99,
    )


@njit(nogil=True, cache=True)
def _settle(
    a: NDArray[np.float32],
    weights_a: NDArray[np.float32],
    b: NDArray[np.float32],
    weights_b: NDArray[np.float32],
    kind: int,
    rows: NDArray[np.int32],
    indices: NDArray[np.int32],
    distances: NDArray[np.float32],
) -> None:
    k = indices.shape[1]
    for row in rows:
        for place in range(k):
            other = indices[row, place]
            if other < 0:
                distances[row, place] = np.inf
                continue
            distance = distance_between(a[row], b[other], weights_a[row] + weights_b[other], kind)
            at = place
            while at > 0 and distances[row, at - 1] > distance:
                indices[row, at] = indices[row, at - 1]
                distances[row, at] = distances[row, at - 1]
                at -= 1
            indices[row, at] = other
            distances[row, at] = distance
