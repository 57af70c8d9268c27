"""Turns what callers have (lists, numpy, pandas, Arrow, torch) into Arrow strings, or says what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chroma_sdk._clear import CLEAR
from chroma_sdk._errors import InvalidArgument


def as_strings(argument: str, values: Any, n: int | None = None) -> tuple[pa.Array, pa.Array | None]:
    """Return the strings (null where None was given) and a mask of the rows that say CLEAR (None if there is none).

    Integers become their digits; floats that are whole numbers too, and NaN is None, because that is what pandas makes
    of integers with a gap.
    """
    if values is CLEAR and n is not None:
        return pa.nulls(n, pa.string()), pa.repeat(pa.scalar(True), n)
    found = _as_array(argument, values)
    cleared = None
    if found is None:
        listed = list(values)
        is_clear = [value is CLEAR for value in listed]
        cleared = pa.array(is_clear) if any(is_clear) else None
        found = pa.array([_text_of(argument, row, value) for row, value in enumerate(listed)], pa.string())
    if n is not None and len(found) != n:
        raise InvalidArgument(argument, f"got {len(found):,} values for {n:,} keys.")
    return _cast(argument, found), cleared


def as_keys(values: Any) -> pa.Array:
    """Return the keys as strings: no None, no empty one, none twice, at most 200 characters."""
    keys, cleared = as_strings("keys", values)
    if cleared is not None:
        raise InvalidArgument("keys", "CLEAR is no key.")
    if keys.null_count:
        raise InvalidArgument("keys", f"row {_first(pc.is_null(keys))} is None; every datapoint needs a key.")
    lengths = pc.utf8_length(keys)
    if len(keys) and pc.min(lengths).as_py() == 0:
        raise InvalidArgument("keys", f"row {_first(pc.equal(lengths, 0))} is empty; a key has 1 to 200 characters.")
    check_length("keys", keys, 200)
    hidden = pc.match_substring_regex(keys, r"[\x00-\x1f\x7f]")
    if pc.any(hidden).as_py():
        raise InvalidArgument("keys", f"row {_first(hidden)} holds a control character such as a line break.")
    if pc.count_distinct(keys).as_py() != len(keys):
        counts = pc.value_counts(keys)
        repeated = counts.field("values").filter(pc.greater(counts.field("counts"), 1))[0].as_py()
        rows = np.flatnonzero(pc.equal(keys, repeated).to_numpy(zero_copy_only=False))
        raise InvalidArgument("keys", f"{repeated!r} is there more than once, first in rows {rows[0]} and {rows[1]}.")
    return keys


def check_length(argument: str, strings: pa.Array, longest: int) -> None:
    """Raise for the first string that is too long."""
    lengths = pc.utf8_length(strings)
    most = pc.max(lengths).as_py()
    if most is not None and most > longest:
        row = _first(pc.greater(lengths, longest))
        got = lengths[row].as_py()
        raise InvalidArgument(argument, f"row {row} has {got:,} characters; at most {longest:,} are allowed.")


def check_names(argument: str, strings: pa.Array) -> None:
    """Raise for a name of a category that is empty or too long."""
    empty = pc.equal(pc.utf8_length(pc.utf8_trim_whitespace(strings)), 0)
    if pc.any(empty).as_py():
        raise InvalidArgument(argument, f"row {_first(empty)} is empty; None leaves what is stored, CLEAR removes it.")
    check_length(argument, strings, 200)


def from_tensor(values: Any) -> Any:
    """Return a torch tensor as a numpy array (bfloat16, which numpy lacks, as the same values in float32)."""
    if not (hasattr(values, "detach") and hasattr(values, "cpu")):
        return values
    tensor = values.detach().cpu()
    return (tensor.float() if "bfloat16" in str(tensor.dtype) else tensor).numpy()


def as_arrow(values: Any) -> pa.Array:
    """Return values as one Arrow array; raises what pyarrow raises where they do not fit one type. NaN becomes null."""
    values = from_tensor(values)
    if isinstance(values, pa.ChunkedArray):
        return values.combine_chunks()
    if isinstance(values, pa.Array):
        return values
    if isinstance(values, np.ndarray) and values.ndim != 1:
        raise pa.ArrowInvalid(f"an array of shape {values.shape}, not (n,)")
    return _one_array(pa.array(values, from_pandas=True))


def _as_array(argument: str, values: Any) -> pa.Array | None:
    """Return an Arrow array, or None where the elements must be looked at one by one."""
    if isinstance(values, (str, bytes, Mapping, AbstractSet)) or not hasattr(values, "__len__"):
        found = "None" if values is None else type(values).__name__
        raise InvalidArgument(argument, f"got {found}, wanted a sequence with one value per key.")
    shape = tuple(getattr(values, "shape", (None,)))
    if len(shape) != 1:
        raise InvalidArgument(argument, f"got shape {shape}, wanted ({shape[0] if shape else 'n'},).")
    try:
        return as_arrow(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
        return None


def _one_array(array: Any) -> pa.Array:
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _cast(argument: str, array: pa.Array) -> pa.Array:
    kind = array.type
    if pa.types.is_dictionary(kind):
        return _cast(argument, _one_array(array.dictionary_decode()))
    if pa.types.is_string(kind):
        return array
    if pa.types.is_floating(kind):
        try:
            array = pc.cast(pc.if_else(pc.is_nan(array), None, array), pa.int64())
        except pa.ArrowInvalid as problem:
            raise InvalidArgument(argument, "got numbers with decimals, wanted strings or whole numbers.") from problem
    if pa.types.is_integer(array.type) or pa.types.is_null(kind) or pa.types.is_boolean(kind) or _is_text(kind):
        return _one_array(pc.cast(array, pa.string()))
    raise InvalidArgument(argument, f"got values of type {kind}, wanted strings or whole numbers.")


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _text_of(argument: str, row: int, value: Any) -> str | None:
    if value is None or value is CLEAR:
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, (float, np.floating)) and np.isnan(value):
        return None
    raise InvalidArgument(argument, f"row {row} is of type {type(value).__name__}, wanted a string or a whole number.")


def _first(mask: pa.Array) -> int:
    return int(pc.index(mask, True).as_py())
