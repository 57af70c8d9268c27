"""Boxes as they are sent, and as they are kept: x, y, width and height as shares of the image."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.datasets.models import BoxFormat

Boxes = NDArray[np.float64]

IN_PIXELS = {BoxFormat.XYWH, BoxFormat.XYXY}
BY_CORNERS = {BoxFormat.XYXY, BoxFormat.XYXYN}
# A thousandth of a pixel of an image with ten thousand: the same box sent again is the same to the last digit.
DIGITS = 7
# How far rounding may lead beyond the edge: so much of the image, or a pixel.
OVERSHOOT = 0.001


def as_corners(boxes: NDArray[Any], box_format: str, sizes: Boxes) -> Boxes:
    """Left, top, right and bottom as shares of images of these sizes (width, height; 1 where boxes are shares)."""
    corners = boxes.astype(np.float64)
    if box_format not in BY_CORNERS:
        corners[:, 2:] += corners[:, :2]
    return corners / np.tile(sizes, 2)


def beyond_edge(corners: Boxes, sizes: Boxes) -> NDArray[np.bool_]:
    """Which boxes reach further out of their image than rounding explains. Sizes of 1 say that pixels are unknown."""
    pixel = np.where(sizes > 1, 1 / sizes, OVERSHOOT)
    allowed = np.maximum(np.tile(pixel, 2), OVERSHOOT)
    outside: NDArray[np.bool_] = ((corners < -allowed) | (corners > 1 + allowed)).any(axis=1)
    return outside


def as_regions(corners: Boxes) -> Boxes:
    """The boxes as they are kept, cut at the image's edge."""
    kept = np.round(np.clip(corners, 0, 1), DIGITS)
    return np.round(np.concatenate([kept[:, :2], kept[:, 2:] - kept[:, :2]], axis=1), DIGITS)
