"""Reads sets of row numbers as the server sends them: roaring bitmaps in their portable format."""

from __future__ import annotations

from typing import Any

import numpy as np

WITHOUT_RUNS, WITH_RUNS = 12346, 12347
# A container holds 65,536 rows: sparse ones as a list, dense ones bit by bit.
LONGEST_LIST = 4096
BYTES_OF_BITS = 8192
FEWEST_FOR_OFFSETS = 4


def rows_of(content: bytes) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the row numbers in a bitmap, ascending."""
    cookie = int.from_bytes(content[:4], "little")
    position = 4
    is_run = np.zeros(0, dtype=bool)
    if cookie == WITHOUT_RUNS:
        count = int.from_bytes(content[4:8], "little")
        position = 8
        is_run = np.zeros(count, dtype=bool)
    elif cookie & 0xFFFF == WITH_RUNS:
        count = (cookie >> 16) + 1
        flags = np.frombuffer(content, np.uint8, (count + 7) // 8, position)
        is_run = np.unpackbits(flags, bitorder="little")[:count].astype(bool)
        position += len(flags)
    else:
        raise ValueError("This is no bitmap in the portable format.")
    header = np.frombuffer(content, "<u2", 2 * count, position).astype(np.int64).reshape(count, 2)
    position += 4 * count
    if cookie == WITHOUT_RUNS or count >= FEWEST_FOR_OFFSETS:
        position += 4 * count
    parts = [np.zeros(0, dtype=np.int64)]
    for (high, last), run in zip(header, is_run, strict=True):
        low, position = _container(content, position, int(last) + 1, bool(run))
        parts.append((high << 16) + low)
    return np.concatenate(parts)


def _container(
    content: bytes, position: int, count: int, is_run: bool
) -> tuple[np.ndarray[Any, np.dtype[np.int64]], int]:
    """Return the low halves of a container's rows, and where the next one starts."""
    if is_run:
        n_runs = int.from_bytes(content[position : position + 2], "little")
        runs = np.frombuffer(content, "<u2", 2 * n_runs, position + 2).astype(np.int64).reshape(n_runs, 2)
        spans = [np.arange(start, start + more + 1) for start, more in runs]
        return np.concatenate(spans), position + 2 + 4 * n_runs
    if count <= LONGEST_LIST:
        return np.frombuffer(content, "<u2", count, position).astype(np.int64), position + 2 * count
    bits = np.unpackbits(np.frombuffer(content, np.uint8, BYTES_OF_BITS, position), bitorder="little")
    return np.flatnonzero(bits), position + BYTES_OF_BITS
