"""How far boxes overlap."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def iou_matrix(boxes: NDArray[Any], others: NDArray[Any]) -> NDArray[np.float64]:
    """Compute the intersection over union of each box with each of the others.

    Parameters
    ----------
    boxes, others : ndarray of shape (n, 4) and (m, 4)
        x, y, width, height in one unit.

    Returns
    -------
    ndarray of shape (n, m)
        0 … 1; 0 where neither has an area.
    """
    one, other = boxes.astype(np.float64)[:, None], others.astype(np.float64)[None]
    nearest_end = np.minimum(one[..., :2] + one[..., 2:], other[..., :2] + other[..., 2:])
    sides = np.maximum(nearest_end - np.maximum(one[..., :2], other[..., :2]), 0)
    shared = sides.prod(axis=-1)
    together = one[..., 2:].prod(axis=-1) + other[..., 2:].prod(axis=-1) - shared
    result: NDArray[np.float64] = np.divide(shared, together, out=np.zeros(shared.shape), where=together > 0)
    # Rounding may bring identical boxes above 1.
    return np.minimum(result, 1, out=result)
