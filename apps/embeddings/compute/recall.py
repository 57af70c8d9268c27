"""How many of the true neighbours lists hold."""

from __future__ import annotations

import numpy as np

from apps.common.compute.threads import Workers
from apps.embeddings.compute.exact import search_all
from apps.embeddings.compute.lists import Lists, settle
from apps.embeddings.compute.space import Space

# Distances that differ by less are the same neighbour's, or its equal's.
TOLERANCE = 1e-6


class Sample:
    """Some rows of a space and their true neighbours, found exactly once.

    Parameters
    ----------
    k : int
        How many neighbours, without the rows themselves.
    """

    def __init__(
        self, space: Space, k: int, n_sampled: int, workers: Workers, phase: str, share: tuple[float, float]
    ) -> None:
        self._space = space
        self._rows = np.unique(np.linspace(0, len(space.values) - 1, n_sampled).astype(np.int32))
        self._asked = space.rows(self._rows)
        self._true = Lists.empty(len(self._rows), k)
        search_all(self._asked, space, self._true, workers, own=self._rows, phase=phase, share=share)
        settle(self._asked, space, self._true, workers, phase)

    def recall(self, lists: Lists, workers: Workers, phase: str) -> float:
        """Measure which share of the true neighbours lists of all rows hold, 0 … 1."""
        found = Lists.empty(*self._true.indices.shape)
        found.indices[:] = lists.indices[self._rows]
        settle(self._asked, self._space, found, workers, phase)
        return share_found(found, self._true)


def share_found(found: Lists, true: Lists) -> float:
    """Count entries that are as near as the farthest of the true ones: among equals there is no wrong choice."""
    return float((found.distances <= true.distances[:, -1:] * (1 + TOLERANCE)).mean())
