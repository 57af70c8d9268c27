"""Columns of types that nothing else here knows, as those that everything knows."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from apps.common.errors import BadUserInput


def plain(batch: pa.RecordBatch) -> pa.Table:
    """The batch with times as text, half numbers as numbers, and without dictionaries and extension types."""
    columns = [_plain_values(name, values) for name, values in zip(batch.schema.names, batch.columns, strict=True)]
    return pa.table(columns, names=batch.schema.names)


def _plain_values(name: str, values: Any) -> Any:
    if isinstance(values, pa.ExtensionArray):
        values = values.storage
    kind = pa.float32() if pa.types.is_float16(values.type) else _plain_type(values.type)
    if kind == values.type:
        return values
    try:
        return values.cast(kind)
    except pa.ArrowException as problem:
        shown = str(values.type)[:100]
        raise BadUserInput(
            f"The column {name[:100]!r} is of type {shown}, which cannot be read or has values beyond all calendars; "
            "write it as text or numbers."
        ) from problem


def _plain_type(kind: pa.DataType) -> pa.DataType:
    if isinstance(kind, pa.BaseExtensionType):
        return _plain_type(kind.storage_type)
    if pa.types.is_temporal(kind):
        return pa.string()
    if pa.types.is_fixed_size_binary(kind):
        return pa.binary()
    if pa.types.is_dictionary(kind):
        return _plain_type(kind.value_type)
    if pa.types.is_fixed_size_list(kind):
        return pa.list_(_plain_type(kind.value_type), kind.list_size)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return pa.list_(_plain_type(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([(field.name, _plain_type(field.type)) for field in kind])
    return kind
