"""The rows of one log, as they were sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NoReturn

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from apps.common.errors import BadUserInput
from apps.datasets.models import Dataset, Upload

Mask = NDArray[np.bool_]

# A dictionary-encoded column is small on the wire and may be huge when written out.
MOST_TEXT_BYTES = 64 * 1024 * 1024
# How much of a text that somebody sent is repeated to them; it may be too long, which may be what is wrong.
SHOWN = 200


@dataclass(frozen=True)
class LogBatch:
    """A validated Arrow table and what its upload declared."""

    dataset: Dataset
    upload: Upload
    table: pa.Table
    # Every category that labels, inferences or classes name; filled while fields check themselves.
    category_names: set[str] = field(default_factory=set)
    # Where rows were left out of what was sent: the number that each of the others had.
    row_numbers: NDArray[np.intp] | None = None
    _columns: dict[str, pa.Array] = field(default_factory=dict)

    @property
    def row_count(self) -> int:
        return int(self.table.num_rows)

    @cached_property
    def keys(self) -> pa.Array:
        return self._contiguous("key")

    def has(self, name: str) -> bool:
        return name in self.table.column_names

    def names_of(self, prefix: str) -> Iterator[str]:
        """The columns whose names start with the prefix."""
        return (name for name in self.table.column_names if name.startswith(prefix))

    def column(self, name: str) -> pa.Array:
        """A column in one piece; text is written out."""
        if name not in self._columns:
            values = self._contiguous(name)
            self._columns[name] = self._written_out(name, values) if pa.types.is_dictionary(values.type) else values
        return self._columns[name]

    def given(self, name: str) -> Mask:
        """Which rows say something in this column."""
        if not self.has(name):
            return np.zeros(self.row_count, dtype=np.bool_)
        return as_mask(pc.is_valid(self.column(name)))

    def cleared(self, *names: str) -> Mask:
        """Which rows ask for one of these fields to be removed."""
        mask = np.zeros(self.row_count, dtype=np.bool_)
        rows, words = self._clearings
        if len(rows):
            mask[rows[np.isin(words, names)]] = True
        return mask

    @property
    def clearings(self) -> Iterator[tuple[int, str]]:
        """Row and word of each clearing; a null is no field's name."""
        rows, words = self._clearings
        return ((int(row), str(word)) for row, word in zip(rows, words, strict=True))

    def fail(self, column: str, mask: Mask, problem: str) -> None:
        """Refuse the log where the mask is set: names the first such row, its key and the column."""
        if mask.any():
            self.fail_at(column, int(np.argmax(mask)), problem)

    def fail_at(self, column: str, row: int, problem: str) -> NoReturn:
        by = "parent" if self.has("parent") else "key"
        name = self.column(by)[row].as_py()
        number = row if self.row_numbers is None else self.row_numbers[row]
        where = f"Row {number}" + (f" ({by} {name[:SHOWN]!r})" if name is not None else "")
        raise BadUserInput(f"{where}, column {column!r}: {problem}", field=column)

    @cached_property
    def _clearings(self) -> tuple[NDArray[np.int64], NDArray[Any]]:
        """Row and word of everything in the column `clear`."""
        if not self.has("clear"):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=object)
        lists = self._contiguous("clear")
        rows = pc.list_parent_indices(lists).to_numpy(zero_copy_only=False).astype(np.int64)
        return rows, pc.list_flatten(lists).to_numpy(zero_copy_only=False)

    def _contiguous(self, name: str) -> pa.Array:
        chunked = self.table.column(name)
        return chunked.chunk(0) if chunked.num_chunks == 1 else chunked.combine_chunks()

    def _written_out(self, name: str, values: pa.DictionaryArray) -> pa.Array:
        if len(values.dictionary):
            sizes = pc.binary_length(values.dictionary).take(values.indices)
            if (pc.sum(sizes).as_py() or 0) > MOST_TEXT_BYTES:
                raise BadUserInput(
                    f"The column {name!r} holds more than {MOST_TEXT_BYTES:,} bytes of text.", field=name
                )
        return values.cast(values.type.value_type)


def as_mask(values: pa.Array) -> Mask:
    mask: Mask = values.to_numpy(zero_copy_only=False).astype(np.bool_)
    return mask


def check_text(batch: LogBatch, column: str, *, at_most: int, at_least: int = 0) -> None:
    """Refuse texts that are too long, too short, or that a database cannot keep."""
    values = batch.column(column)
    length = pc.fill_null(pc.utf8_length(values), at_least).to_numpy(zero_copy_only=False)
    wrong = (length < at_least) | (length > at_most)
    batch.fail(column, wrong, f"must have {at_least:,} to {at_most:,} characters.")
    zero = as_mask(pc.fill_null(pc.match_substring(values, "\x00"), False))
    batch.fail(column, zero, "holds the character U+0000; leave it out.")


def check_keys_differ(batch: LogBatch) -> None:
    counted = pc.value_counts(batch.keys)
    if len(counted) < len(batch.keys):
        twice = pc.filter(counted.field("values"), pc.greater(counted.field("counts"), 1))[0]
        first, second = pc.indices_nonzero(pc.equal(batch.keys, twice)).to_pylist()[:2]
        if batch.row_numbers is not None:
            first = batch.row_numbers[first]
        batch.fail_at("key", second, f"row {first} has the same key; keys must differ.")


def check_finite(batch: LogBatch, column: str) -> None:
    """Refuse NaN and infinities."""
    values = batch.column(column)
    batch.fail(
        column,
        ~np.isfinite(values.to_numpy(zero_copy_only=False)) & batch.given(column),
        "is NaN or infinite; only finite numbers are allowed (null where there is no value).",
    )


def vectors_of(batch: LogBatch, column: str) -> NDArray[Any]:
    """A column of fixed-size lists as a matrix, without copying. Rows that are null hold anything."""
    values = batch.column(column)
    # Not flatten(), which drops the rows that are null.
    inner = values.values[values.offset * values.type.list_size :][: len(values) * values.type.list_size]
    matrix: NDArray[Any] = inner.to_numpy(zero_copy_only=False).reshape(len(values), values.type.list_size)
    return matrix


def check_vectors(batch: LogBatch, column: str) -> None:
    """Refuse vectors with nulls, NaN or infinities inside."""
    values = batch.column(column)
    width = values.type.list_size
    inner = values.values[values.offset * width :][: len(values) * width]
    given = batch.given(column)
    if inner.null_count:
        holes = as_mask(pc.is_null(inner)).reshape(len(values), width).any(axis=1)
        batch.fail(column, holes & given, "a number of the vector is null; every number must be there.")
    matrix = vectors_of(batch, column)
    wrong = ~np.isfinite(matrix).all(axis=1) & given
    if wrong.any():
        row = int(np.argmax(wrong))
        place = int(np.argmax(~np.isfinite(matrix[row])))
        batch.fail_at(column, row, f"the number at {place} is NaN or infinite; only finite numbers are allowed.")
