"""Reading a column: whole and dense, some rows, or block by block in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyroaring import BitMap

from apps.datasets import bitmaps
from apps.datasets.bitmaps import Rows
from apps.datasets.columns.codec import TEXT_DTYPE, Values, stored_type, vector_width
from apps.datasets.columns.pieces import Piece, SegmentReader, pieces_of
from apps.datasets.models import Column
from apps.storage.files import refuse_suspects

Places = Callable[[Rows], NDArray[np.integer[Any]]]


@dataclass(frozen=True)
class ColumnValues:
    """One value per wanted row, and which of them are there; the others hold 0 or the empty text."""

    values: Values
    present: NDArray[np.bool_]


def read_column(column: Column, *, length: int, version: int | None = None) -> ColumnValues:
    """All values at a version, indexed by row: rows 0 … length - 1. Others may have been logged since."""
    pieces = pieces_of(column, version, BitMap(range(length)))
    return _gather(column, pieces, length, lambda rows: rows)


def read_rows(column: Column, rows: Rows, *, version: int | None = None) -> ColumnValues:
    """The values of the given rows, in their order."""
    distinct, back = np.unique(np.asarray(rows, dtype=np.uint32), return_inverse=True)
    pieces = pieces_of(column, version, bitmaps.of_rows(distinct))
    found = _gather(column, pieces, len(distinct), _among(distinct))
    if len(distinct) == len(rows) and bool(np.array_equal(distinct, rows)):
        return found
    values = found.values.take(pa.array(back)) if column.dtype == TEXT_DTYPE else found.values[back]
    return ColumnValues(values, found.present[back])


def iter_column(column: Column, *, version: int | None = None, block: int = 4096) -> Iterator[tuple[Rows, Values]]:
    """The rows that have a value, and the values, in row order and blocks. Queries the database at the start only."""
    pieces = pieces_of(column, version)
    refuse_suspects(piece.segment for piece in pieces)
    reader = SegmentReader(vector_width(column))
    rows = bitmaps.rows_of(_union(pieces))
    for start in range(0, len(rows), block):
        wanted = rows[start : start + block]
        overlapping = _overlapping(pieces, wanted)
        found = _gather(column, overlapping, len(wanted), _among(wanted), reader)
        yield wanted, found.values


def iter_stored(
    column: Column, *, version: int | None = None, wanted: BitMap | None = None
) -> Iterator[tuple[Rows, Values]]:
    """Rows and their values as they lie in the segments: cheaper than in row order, for who does not mind the order."""
    pieces = pieces_of(column, version, wanted)
    refuse_suspects(piece.segment for piece in pieces)
    reader = SegmentReader(vector_width(column))
    for piece in pieces:
        yield bitmaps.rows_of(piece.rows), reader.read(piece, piece.rows)


class ColumnReader:
    """Reads a column block by block, for who goes through it in row order. Queries the database at the start only."""

    def __init__(self, column: Column, *, version: int | None = None) -> None:
        self._column = column
        self._pieces = pieces_of(column, version)
        self._reader = SegmentReader(vector_width(column))

    def read(self, rows: Rows) -> ColumnValues:
        """The values of these ascending rows."""
        return _gather(self._column, _overlapping(self._pieces, rows), len(rows), _among(rows), self._reader)


def present_rows(column: Column, version: int | None = None) -> BitMap:
    """The rows that have a value at a version."""
    if version is None or version == column.version:
        return bitmaps.load(column.present)
    return _union(pieces_of(column, version))


def _overlapping(pieces: Sequence[Piece], wanted: Rows) -> list[Piece]:
    inside = bitmaps.of_rows(wanted)
    first, last = wanted[0], wanted[-1]
    near = (piece for piece in pieces if piece.rows.min() <= last and piece.rows.max() >= first)
    narrowed = (Piece(piece.segment, piece.segment_rows, piece.rows & inside) for piece in near)
    return [piece for piece in narrowed if piece.rows]


def _among(rows: Rows) -> Places:
    """Says where rows stand in a sorted list of rows."""
    return lambda some: np.searchsorted(rows, some)


def _union(pieces: Sequence[Piece]) -> BitMap:
    return BitMap.union(*(piece.rows for piece in pieces)) if pieces else BitMap()


def _gather(
    column: Column, pieces: Sequence[Piece], length: int, places: Places, reader: SegmentReader | None = None
) -> ColumnValues:
    """Put the pieces' values where `places` says that their rows belong."""
    reader = reader or SegmentReader(vector_width(column))
    if column.dtype == TEXT_DTYPE:
        return _gather_text(pieces, length, places, reader)
    width = vector_width(column)
    shape = (length,) if width is None else (length, width)
    values = np.zeros(shape, dtype=stored_type(column.dtype))
    present = np.zeros(length, dtype=np.bool_)
    for piece in pieces:
        target = _as_slice(places(bitmaps.rows_of(piece.rows)))
        values[target] = reader.read(piece, piece.rows)
        present[target] = True
    return ColumnValues(values, present)


def _gather_text(pieces: Sequence[Piece], length: int, places: Places, reader: SegmentReader) -> ColumnValues:
    origin = np.zeros(length, dtype=np.int64)
    present = np.zeros(length, dtype=np.bool_)
    chunks = [pa.array([""], type=pa.large_string())]  # at 0: what stands for a missing value
    filled = 1
    for piece in pieces:
        target = places(bitmaps.rows_of(piece.rows))
        origin[target] = np.arange(filled, filled + len(target))
        present[target] = True
        chunks.append(reader.read(piece, piece.rows))
        filled += len(target)
    return ColumnValues(pa.concat_arrays(chunks).take(pa.array(origin)), present)


def _as_slice(places: NDArray[np.integer[Any]]) -> Any:
    """Neighbouring places as a slice, which copies many times faster than an index array."""
    first, last = int(places[0]), int(places[-1])
    return slice(first, last + 1) if last - first + 1 == len(places) else places
