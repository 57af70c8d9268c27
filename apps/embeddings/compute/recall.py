"""How many of the true neighbours lists hold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.threads import Workers
from apps.embeddings.compute.exact import search_all
from apps.embeddings.compute.lists import Lists, settle
from apps.embeddings.compute.space import Space

# Distances that differ by less are the same neighbour's, or its equal's.
TOLERANCE = 1e-6


def sampled_recall(
    space: Space,
    indices: NDArray[np.int32],
    rows: NDArray[np.int64],
    workers: Workers,
    phase: str = "Measuring the neighbours",
    share: tuple[float, float] = (0.0, 1.0),
) -> float:
    """Compare the lists of some rows, without the rows themselves, with an exact search.

    A neighbour that is as near as the farthest of the true ones counts: among equals there is no wrong choice.
    """
    k = indices.shape[1]
    asked = space.rows(rows)
    true = Lists.empty(len(rows), k)
    search_all(asked, space, true, workers, own=rows.astype(np.int32), phase=phase, share=share)
    settle(asked, space, true, workers, phase)
    found = Lists.empty(len(rows), k)
    found.indices[:] = indices[rows]
    settle(asked, space, found, workers, phase)
    return share_found(found, true)


def share_found(found: Lists, true: Lists) -> float:
    """Count entries that are as near as the farthest of the true ones."""
    return float((found.distances <= true.distances[:, -1:] * (1 + TOLERANCE)).mean())
