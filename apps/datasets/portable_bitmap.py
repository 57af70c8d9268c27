"""Reads roaring bitmaps that somebody sent, in the portable format, without trusting a byte of them.

The library's own reader checks lengths but not what lies inside: a container out of order makes later operations go
wrong in C. Here every container is decoded with numpy and checked, and the bitmap is built anew from its rows.
"""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from apps.common.errors import BadUserInput
from apps.datasets import bitmaps

COOKIE_WITHOUT_RUNS = 12346
COOKIE_WITH_RUNS = 12347
# Up to so many values a container is a sorted array, above it is 65,536 bits.
LARGEST_ARRAY = 4096
CONTAINER_ROWS = 1 << 16
CONTAINER_BYTES = CONTAINER_ROWS // 8
# With fewer containers than this and runs, the format leaves the table of offsets out.
OFFSETS_FROM = 4

Container = NDArray[np.uint16]


def parse_bitmap(blob: bytes, *, next_row: int) -> BitMap:
    """The rows in a bitmap that somebody sent. Raises BadUserInput for anything but rows below `next_row`."""
    try:
        rows = _decode(memoryview(blob), most_containers=next_row // CONTAINER_ROWS + 1)
    except (ValueError, IndexError, struct.error) as problem:
        raise BadUserInput("This is not a roaring bitmap in the portable format.", field="datasets") from problem
    if len(rows) and rows[-1] >= next_row:
        raise BadUserInput(f"The bitmap names row {rows[-1]:,}; the dataset's rows are below {next_row:,}.")
    return bitmaps.of_rows(rows)


def _decode(blob: memoryview, *, most_containers: int) -> NDArray[np.uint32]:
    (cookie,) = struct.unpack_from("<I", blob, 0)
    has_runs = cookie & 0xFFFF == COOKIE_WITH_RUNS
    if has_runs:
        count, at = (cookie >> 16) + 1, 4
    elif cookie == COOKIE_WITHOUT_RUNS:
        (count,), at = struct.unpack_from("<I", blob, 4), 8
    else:
        raise ValueError("cookie")
    if count > CONTAINER_ROWS:
        raise ValueError("count")
    flags = _run_flags(blob, at, count) if has_runs else np.zeros(count, dtype=np.bool_)
    at += (count + 7) // 8 if has_runs else 0
    header = np.frombuffer(blob, dtype="<u2", count=2 * count, offset=at).reshape(count, 2)
    at += 4 * count
    if not has_runs or count >= OFFSETS_FROM:
        at += 4 * count
    keys = header[:, 0].astype(np.uint32)
    if np.any(keys[1:] <= keys[:-1]):
        raise ValueError("keys")
    if count and keys[-1] >= most_containers:
        raise BadUserInput(
            f"The bitmap names rows from {int(keys[-1]) * CONTAINER_ROWS:,}, which the dataset does not have."
        )
    pieces = []
    for key, is_run, size in zip(keys, flags, header[:, 1].astype(np.int64) + 1, strict=True):
        low, at = _run_container(blob, at) if is_run else _plain_container(blob, at, int(size))
        if len(low) != size:
            raise ValueError("cardinality")
        pieces.append((key << np.uint32(16)) | low.astype(np.uint32))
    if at != len(blob):
        raise ValueError("trailing bytes")
    return np.concatenate(pieces) if pieces else np.empty(0, dtype=np.uint32)


def _run_flags(blob: memoryview, at: int, count: int) -> NDArray[np.bool_]:
    packed = np.frombuffer(blob, dtype=np.uint8, count=(count + 7) // 8, offset=at)
    return np.unpackbits(packed, bitorder="little")[:count].astype(np.bool_)


def _run_container(blob: memoryview, at: int) -> tuple[Container, int]:
    (runs,) = struct.unpack_from("<H", blob, at)
    pairs = np.frombuffer(blob, dtype="<u2", count=2 * runs, offset=at + 2).reshape(runs, 2).astype(np.int64)
    starts, ends = pairs[:, 0], pairs[:, 0] + pairs[:, 1] + 1
    if np.any(ends > CONTAINER_ROWS) or np.any(starts[1:] < ends[:-1]):
        raise ValueError("runs")
    steps = np.zeros(CONTAINER_ROWS + 1, dtype=np.int8)
    np.add.at(steps, starts, 1)
    np.add.at(steps, ends, -1)
    return np.flatnonzero(np.cumsum(steps)[:CONTAINER_ROWS]).astype(np.uint16), at + 2 + 4 * runs


def _plain_container(blob: memoryview, at: int, size: int) -> tuple[Container, int]:
    if size > LARGEST_ARRAY:
        bits = np.frombuffer(blob, dtype=np.uint8, count=CONTAINER_BYTES, offset=at)
        return np.flatnonzero(np.unpackbits(bits, bitorder="little")).astype(np.uint16), at + CONTAINER_BYTES
    low = np.frombuffer(blob, dtype="<u2", count=size, offset=at)
    if np.any(low[1:] <= low[:-1]):
        raise ValueError("order")
    return low.astype(np.uint16), at + 2 * size
