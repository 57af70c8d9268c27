"""Which columns a log may have, and of which types. Checked on the schema, before any data is touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

VECTOR_TYPES = (pa.float16(), pa.float32(), pa.float64())


@dataclass(frozen=True)
class ColumnRule:
    """The types that a column may have, for the program and in words."""

    allows: Callable[[pa.DataType], bool]
    words: str


def is_plain_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def is_text(kind: pa.DataType) -> bool:
    """Strings, plain or as a dictionary of plain ones."""
    if pa.types.is_dictionary(kind):
        return is_plain_text(kind.value_type)
    return is_plain_text(kind)


def is_vector(kind: pa.DataType, width: int | None, value_types: tuple[pa.DataType, ...] = VECTOR_TYPES) -> bool:
    return bool(pa.types.is_fixed_size_list(kind)) and kind.list_size == width and kind.value_type in value_types


def is_text_list(kind: pa.DataType) -> bool:
    is_list = pa.types.is_list(kind) or pa.types.is_large_list(kind)
    return bool(is_list) and is_plain_text(kind.value_type)


def is_metadata(kind: pa.DataType) -> bool:
    return is_text(kind) or kind in {pa.float64(), pa.int64(), pa.bool_()}


PLAIN_TEXT = ColumnRule(is_plain_text, "string")
TEXT = ColumnRule(is_text, "string, plain or dictionary-encoded")
TEXT_LIST = ColumnRule(is_text_list, "list of strings")
FLOAT32 = ColumnRule(lambda kind: bool(kind == pa.float32()), "float32")
METADATA = ColumnRule(is_metadata, "float64, int64, bool or string")
