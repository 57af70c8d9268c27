"""Sets of rows as compressed bitmaps, kept in the database in roaring's portable format."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

Rows = NDArray[np.uint32]


def load(blob: bytes | memoryview) -> BitMap:
    """A bitmap from the database; no bytes are the empty set."""
    return BitMap.deserialize(bytes(blob)) if len(blob) else BitMap()


def dump(bitmap: BitMap) -> bytes:
    """The bitmap as bytes for the database."""
    if not bitmap:
        return b""
    bitmap.run_optimize()
    return bytes(bitmap.serialize())


def of_rows(rows: Rows) -> BitMap:
    return BitMap(np.ascontiguousarray(rows, dtype=np.uint32).data)


def rows_of(bitmap: BitMap) -> Rows:
    """The rows in ascending order."""
    return np.frombuffer(bitmap.to_array(), dtype=np.uint32)


def mask_of(bitmap: BitMap, length: int) -> NDArray[np.bool_]:
    """One boolean a row, for rows 0 … length - 1."""
    mask = np.zeros(length, dtype=np.bool_)
    rows = rows_of(bitmap)
    mask[rows[rows < length]] = True
    return mask
