"""Turns metadata (a list of dicts, a dict of sequences, a table) into typed Arrow columns, or says what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from chroma_sdk._clear import CLEAR
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._strings import as_arrow, check_length, from_tensor

LONGEST_NAME = 100
LONGEST_TEXT = 10_000


def as_metadata(values: Any, n: int) -> tuple[dict[str, pa.Array], dict[str, pa.Array]]:
    """Return the columns by name, and masks of the rows to clear by what is cleared ("metadata", "metadata:<name>")."""
    if values is CLEAR:
        return {}, {"metadata": pa.repeat(pa.scalar(True), n)}
    cleared: dict[str, pa.Array] = {}
    by_name = _by_name(values, n, cleared)
    columns = {}
    for name, column in by_name.items():
        if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
            allowed = f"names are strings of 1 to {LONGEST_NAME} characters"
            raise InvalidArgument("metadata", f"{name!r} is no name; {allowed}.")
        array, mask = _typed(name, column, n)
        if mask is not None:
            cleared[f"metadata:{name}"] = mask
        if not pa.types.is_null(array.type):
            columns[name] = array
    return columns, cleared


def _by_name(values: Any, n: int, cleared: dict[str, pa.Array]) -> dict[Any, Any]:
    if isinstance(values, pa.Table):
        return dict(zip(values.column_names, values.columns, strict=True))
    if isinstance(values, Mapping) or (hasattr(values, "columns") and hasattr(values, "items")):
        return dict(values.items())
    if isinstance(values, (str, bytes)) or not hasattr(values, "__len__"):
        wanted = "a list of dicts, a dict of sequences or a table"
        raise InvalidArgument("metadata", f"got {type(values).__name__}, wanted {wanted}.")
    rows = list(values)
    if len(rows) != n:
        raise InvalidArgument("metadata", f"got {len(rows):,} dicts for {n:,} keys.")
    for number, row in enumerate(rows):
        if not (row is None or row is CLEAR or isinstance(row, Mapping)):
            raise InvalidArgument("metadata", f"row {number} is of type {type(row).__name__}, wanted a dict or None.")
    if any(row is CLEAR for row in rows):
        cleared["metadata"] = pa.array([row is CLEAR for row in rows])
    dicts = [row if isinstance(row, Mapping) else {} for row in rows]
    names = dict.fromkeys(name for row in dicts for name in row)
    return {name: [row.get(name) for row in dicts] for name in names}


def _typed(name: str, values: Any, n: int) -> tuple[pa.Array, pa.Array | None]:
    """Return one column as float64, int64, bool or string, and the mask of its CLEARs."""
    argument = f"metadata[{name!r}]"
    if values is CLEAR:
        return pa.nulls(n), pa.repeat(pa.scalar(True), n)
    if isinstance(values, (str, bytes)) or not hasattr(values, "__len__"):
        raise InvalidArgument(argument, f"got {type(values).__name__}, wanted a sequence with one value per key.")
    if len(values) != n:
        raise InvalidArgument(argument, f"got {len(values):,} values for {n:,} keys.")
    mask = None
    if isinstance(values, (list, tuple)) and any(value is CLEAR for value in values):
        mask = pa.array([value is CLEAR for value in values])
        values = [None if value is CLEAR else value for value in values]
    try:
        return _widened(argument, as_arrow(values)), mask
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError) as problem:
        raise InvalidArgument(argument, _not_of_one_kind(values)) from problem


def _widened(argument: str, array: Any) -> pa.Array:
    kind = array.type
    if pa.types.is_dictionary(kind):
        return _widened(argument, array.dictionary_decode())
    if pa.types.is_null(kind):
        return array
    if pa.types.is_string(kind):
        check_length(argument, array, LONGEST_TEXT)
        return array
    if pa.types.is_boolean(kind):
        return array
    if pa.types.is_integer(kind):
        return pc.cast(array, pa.int64())
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return _finite(argument, pc.cast(array, pa.float64()))
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind) or pa.types.is_temporal(kind):
        return _widened(argument, pc.cast(array, pa.string()))
    raise InvalidArgument(argument, f"got values of type {kind}, wanted numbers, booleans or strings.")


def _finite(argument: str, numbers: pa.Array) -> pa.Array:
    """NaN is how pandas and numpy write "no value"; an infinity is refused."""
    infinite = pc.is_inf(numbers)
    if pc.any(infinite).as_py():
        row = pc.index(infinite, True).as_py()
        raise InvalidArgument(argument, f"row {row} is {numbers[row].as_py()}; numbers must be finite.")
    return pc.if_else(pc.is_nan(numbers), None, numbers)


def _not_of_one_kind(values: Any) -> str:
    kinds: dict[str, int] = {}
    for row, value in enumerate(from_tensor(values)):
        if value is not None:
            kinds.setdefault(type(value).__name__, row)
    seen = ", ".join(f"{kind} in row {row}" for kind, row in list(kinds.items())[:3])
    return f"values must all be numbers, all booleans or all strings; got {seen}."
