"""What the values of a column are, found out by looking at all of them."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

NUMBER, INTEGER, BOOLEAN, TEXT = "number", "integer", "boolean", "text"
VECTOR, LIST, JSON = "vector", "list", "json"

INTEGER_TEXT = r"^(0|-?[1-9][0-9]{0,17})$"
# What reads back as written: 007 is a text, and so is a whole number that no float holds exactly.
NUMBER_TEXT = r"^-?((0|[1-9][0-9]{0,14})|(0|[1-9][0-9]*)?\.[0-9]+|(0|[1-9][0-9]*)\.?([0-9]*)[eE][-+]?[0-9]+)$"
BOOLEAN_TEXT = r"^([Tt]rue|TRUE|[Ff]alse|FALSE)$"
# How many values are looked into to tell vectors and JSON from text; a wrong one is found when it is read.
LOOKED_INTO = 20


def kind_of(values: Any) -> str | None:
    """The kind of a column's values; None where it has none."""
    kind = values.type
    if pa.types.is_null(kind) or values.null_count == len(values):
        return None
    if pa.types.is_dictionary(kind):
        return kind_of(values.cast(kind.value_type))
    if pa.types.is_boolean(kind):
        return BOOLEAN
    if pa.types.is_integer(kind):
        return INTEGER
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return NUMBER
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _kind_of_text(values)
    if pa.types.is_struct(kind) or pa.types.is_map(kind):
        return JSON
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        is_number = pa.types.is_floating(kind.value_type) or pa.types.is_integer(kind.value_type)
        return VECTOR if is_number else LIST if pa.types.is_string(kind.value_type) else JSON
    return TEXT


def merged(first: str | None, second: str | None) -> str | None:
    """The kind of two lots of values together."""
    if first is None or second is None or first == second:
        return first or second
    if {first, second} == {NUMBER, INTEGER}:
        return NUMBER
    return JSON if {first, second} <= {JSON, LIST, VECTOR} else TEXT


def _kind_of_text(values: Any) -> str:
    given = values.drop_null()
    for kind, pattern in ((INTEGER, INTEGER_TEXT), (NUMBER, NUMBER_TEXT), (BOOLEAN, BOOLEAN_TEXT)):
        if pc.all(pc.match_substring_regex(given, pattern)).as_py():
            return kind
    heads = {text[:1] for text in given.slice(0, LOOKED_INTO).to_pylist()}
    if heads <= {"[", "{"}:
        return _kind_of_json(given.slice(0, LOOKED_INTO).to_pylist())
    return TEXT


def _kind_of_json(texts: list[str]) -> str:
    try:
        values = [json.loads(text) for text in texts]
    except (ValueError, RecursionError):
        return TEXT
    if all(isinstance(value, list) for value in values):
        inner = {type(each) for value in values for each in value}
        return VECTOR if inner <= {int, float} else LIST if inner == {str} else JSON
    return JSON
