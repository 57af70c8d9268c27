"""Turns boxes and the sizes of their images into Arrow columns, or says what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from chroma_sdk._errors import InvalidArgument
from chroma_sdk._vectors import as_matrix, check_finite

BOX_FORMATS = ("xywh", "xyxy", "xywhn", "xyxyn")
# Detectors round: a normalised box may end a hair outside of its image.
ROUNDING = 1e-3


def as_boxes(values: Any, n: int, box_format: str) -> Any:
    """Return the boxes as lists of four float64; every box has a width and a height."""
    if box_format not in BOX_FORMATS:
        raise InvalidArgument("box_format", f"got {box_format!r}, wanted one of {', '.join(BOX_FORMATS)}.")
    boxes = as_matrix("boxes", values)
    if boxes.size == 0:
        boxes = boxes.reshape(0, 4)
    if boxes.shape != (n, 4):
        raise InvalidArgument("boxes", f"got shape {boxes.shape}, wanted ({n}, 4): one {box_format} for each parent.")
    if boxes.dtype.kind not in "fiu":
        raise InvalidArgument("boxes", f"got {boxes.dtype}, wanted numbers.")
    boxes = boxes.astype(np.float64)
    check_finite("boxes", boxes)
    _check_extent(boxes, box_format)
    if box_format.endswith("n"):
        _check_normalised(boxes, box_format)
    return pa.FixedSizeListArray.from_arrays(pa.array(boxes.reshape(-1)), 4)


def as_image_sizes(values: Any, parents: list[str]) -> Any:
    """Return the width and height of each box's image, null where they are not given.

    `values` is one pair for all, a pair for each box, or a dict of pairs by the image's key.
    """
    n = len(parents)
    if isinstance(values, Mapping):
        pairs = [values.get(parent) for parent in parents]
        given = np.array([pair is not None for pair in pairs], dtype=bool)
        sizes = as_matrix("image_sizes", [(0, 0) if pair is None else tuple(pair) for pair in pairs])
    else:
        sizes = as_matrix("image_sizes", [tuple(values)] * n if _is_one_pair(values) else values)
        given = np.ones(n, dtype=bool)
    if n == 0:
        sizes = sizes.reshape(0, 2)
    if sizes.shape != (n, 2) or sizes.dtype.kind not in "fiu":
        wanted = f"(width, height), an array of shape ({n}, 2), or a dict of (width, height) by parent"
        raise InvalidArgument("image_sizes", f"got shape {sizes.shape}, wanted {wanted}.")
    check_finite("image_sizes", sizes)
    wrong = given & (sizes <= 0).any(axis=1)
    if wrong.any():
        row = int(np.argmax(wrong))
        width, height = sizes[row]
        raise InvalidArgument("image_sizes", f"row {row} is {width:g} x {height:g}; both must be above 0.")
    numbers = pa.array(sizes.astype(np.float64).reshape(-1))
    return pa.FixedSizeListArray.from_arrays(numbers, 2, mask=pa.array(~given))


def _check_extent(boxes: np.ndarray[Any, Any], box_format: str) -> None:
    is_corners = box_format.startswith("xyxy")
    extent = boxes[:, 2:] - boxes[:, :2] if is_corners else boxes[:, 2:]
    empty = (extent <= 0).any(axis=1)
    if empty.any():
        row = int(np.argmax(empty))
        wanted = "x1 above x0 and y1 above y0" if is_corners else "a width and a height above 0"
        raise InvalidArgument("boxes", f"row {row} is {_shown(boxes[row])}; {box_format} wants {wanted}.")


def _check_normalised(boxes: np.ndarray[Any, Any], box_format: str) -> None:
    far = boxes[:, 2:] if box_format == "xyxyn" else boxes[:, :2] + boxes[:, 2:]
    outside = (boxes[:, :2] < -ROUNDING).any(axis=1) | (far > 1 + ROUNDING).any(axis=1)
    if outside.any():
        row = int(np.argmax(outside))
        pixels = box_format[:-1]
        problem = f"row {row} is {_shown(boxes[row])}, outside 0 to 1; are they pixels (box_format={pixels!r})?"
        raise InvalidArgument("boxes", problem)


def _is_one_pair(values: Any) -> bool:
    return len(values) == 2 and all(np.ndim(value) == 0 for value in values)


def _shown(box: np.ndarray[Any, Any]) -> str:
    return f"[{', '.join(f'{number:g}' for number in box)}]"
