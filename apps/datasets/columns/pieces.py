"""Which segment answers for which row: the newest one that holds it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray
from pyroaring import BitMap

from apps.datasets import bitmaps
from apps.datasets.columns.codec import TEXT_DTYPE, Values, decode, row_bytes, shaped, stored_type
from apps.datasets.models import Column, Segment
from apps.storage.files import read_file, read_ranges

# A segment is read whole, and so checked, when at least this share of it is wanted.
WHOLE_FROM = 0.25
KEPT_SEGMENTS = 3


@dataclass(frozen=True)
class Piece:
    """The rows for which a segment is the newest word."""

    segment: Segment
    segment_rows: BitMap
    rows: BitMap


def pieces_of(column: Column, version: int | None = None, wanted: BitMap | None = None) -> list[Piece]:
    """The pieces that make up a column at a version, or as much of it as is wanted."""
    settled = BitMap()
    pieces = []
    for segment in _newest_first(column, version).iterator(chunk_size=200):
        segment_rows = bitmaps.load(segment.rows)
        rows = (segment_rows if wanted is None else segment_rows & wanted) - settled
        if rows:
            pieces.append(Piece(segment, segment_rows, rows))
        settled |= segment_rows
        settled |= bitmaps.load(segment.cleared)
        if wanted is not None and wanted.issubset(settled):
            break
    return pieces


def changed_rows(column: Column, since: int) -> BitMap:
    """The rows that were given another value, or lost theirs, after a version."""
    changed = BitMap()
    for rows, cleared in Segment.objects.filter(column=column, version__gt=since).values_list("rows", "cleared"):
        changed |= bitmaps.load(rows) | bitmaps.load(cleared)
    return changed


class SegmentReader:
    """Reads values out of segments; keeps the last few decoded, as neighbouring blocks of rows share them."""

    def __init__(self, width: int | None) -> None:
        self._width = width
        self._kept: OrderedDict[int, Values] = OrderedDict()

    def read(self, piece: Piece, rows: BitMap) -> Values:
        """The values of some of the piece's rows, in row order."""
        positions = np.searchsorted(bitmaps.rows_of(piece.segment_rows), bitmaps.rows_of(rows))
        is_text = piece.segment.dtype == TEXT_DTYPE
        if is_text or piece.segment.pk in self._kept or len(rows) >= WHOLE_FROM * len(piece.segment_rows):
            whole = self._whole(piece.segment)
            if len(rows) == len(piece.segment_rows):
                return whole
            return whole.take(positions) if is_text else whole[positions]
        return self._parts(piece.segment, positions)

    def _whole(self, segment: Segment) -> Values:
        if segment.pk not in self._kept:
            self._kept[segment.pk] = decode(read_file(segment), segment.dtype, self._width)
            if len(self._kept) > KEPT_SEGMENTS:
                self._kept.popitem(last=False)
        return self._kept[segment.pk]

    def _parts(self, segment: Segment, positions: NDArray[np.intp]) -> Values:
        size = row_bytes(segment.dtype, self._width)
        runs = np.split(positions, np.flatnonzero(np.diff(positions) != 1) + 1)
        content = read_ranges(segment, [(int(run[0]) * size, len(run) * size) for run in runs])
        return shaped(np.frombuffer(b"".join(content), dtype=stored_type(segment.dtype)), self._width)


def _newest_first(column: Column, version: int | None) -> QuerySet[Segment]:
    segments = Segment.objects.filter(column=column).order_by("-version", "-id")
    return segments if version is None else segments.filter(version__lte=version)
