"""Values as bytes: raw little-endian arrays, and Arrow for text."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from apps.datasets.models import Column, ColumnKind

# Text is a `pa.Array` of strings, everything else a numpy array; vectors have a second axis.
Values = Any

TEXT_DTYPE = "utf8"
DTYPES: dict[str, str] = {
    ColumnKind.NUMBER: "float64",
    ColumnKind.INTEGER: "int64",
    ColumnKind.BOOLEAN: "uint8",
    ColumnKind.TEXT: TEXT_DTYPE,
    ColumnKind.CATEGORY: "int64",
    ColumnKind.CONFIDENCE: "float32",
}
VECTOR_DTYPES = ("float16", "float32", "float64")


def stored_type(dtype: str) -> np.dtype[Any]:
    """The numpy type of the stored bytes: little-endian on every machine."""
    return np.dtype(dtype).newbyteorder("<")


def encode(values: Values, dtype: str) -> memoryview:
    if dtype == TEXT_DTYPE:
        return _encode_text(values)
    return np.ascontiguousarray(values, dtype=stored_type(dtype)).reshape(-1).view(np.uint8).data


def decode(content: bytes, dtype: str, width: int | None) -> Values:
    if dtype == TEXT_DTYPE:
        return pa.ipc.open_stream(content).read_all().column(0).combine_chunks()
    return shaped(np.frombuffer(content, dtype=stored_type(dtype)), width)


def vector_width(column: Column) -> int | None:
    """The length of the column's vectors; None where its values are single."""
    return column.width if column.kind == ColumnKind.VECTOR else None


def shaped(values: NDArray[Any], width: int | None) -> NDArray[Any]:
    """One row a vector, where values are vectors."""
    return values if width is None else values.reshape(-1, width)


def row_bytes(dtype: str, width: int | None) -> int:
    return stored_type(dtype).itemsize * (width or 1)


def _encode_text(values: Values) -> memoryview:
    batch = pa.record_batch([pa.array(values, type=pa.large_string())], names=["value"])
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return memoryview(sink.getvalue())
