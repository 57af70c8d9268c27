"""An order of the points in which near ones stand together, so that what is read together lies together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BITS = 16


def order_by_place(positions: NDArray[np.float32]) -> NDArray[np.int32]:
    """Rank points along Morton's curve through the first two columns of their positions.

    Parameters
    ----------
    positions : ndarray of shape (n, c), c at least 1
        Finite.

    Returns
    -------
    ndarray of shape (n,) and dtype int32
        The rank of each point.
    """
    low = positions.min(axis=0)
    width = np.maximum(positions.max(axis=0) - low, np.finfo(np.float32).tiny)
    keys = np.zeros(len(positions), dtype=np.uint64)
    for axis in range(min(2, positions.shape[1])):
        cells = ((positions[:, axis] - low[axis]) / width[axis] * (2**BITS - 1)).astype(np.uint64)
        keys |= _spread(cells) << np.uint64(axis)
    ranks = np.empty(len(positions), dtype=np.int32)
    ranks[np.argsort(keys, kind="stable")] = np.arange(len(positions), dtype=np.int32)
    return ranks


def _spread(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Put a zero bit between the bits."""
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        numbers = (numbers | (numbers << np.uint64(shift))) & np.uint64(mask)
    return numbers
