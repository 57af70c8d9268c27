"""Arrow IPC streams, as the server takes and gives them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from chroma_sdk._connection import Connection


def as_stream(batch: Any) -> bytes:
    """Return a record batch as a stream of its own."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())


def read_table(connection: Connection, path: str) -> Any:
    """Return a stream as a pyarrow Table."""
    with pa.ipc.open_stream(connection.get(path)) as reader:
        return reader.read_all()


def read_vectors(connection: Connection, embedding_set_id: str) -> tuple[np.ndarray[Any, Any], list[str]]:
    """Return vectors of shape (n, d) in row order, bit for bit as logged, and their keys."""
    table = read_table(connection, f"/bulk/v1/embedding-sets/{embedding_set_id}/vectors")
    kind = table.schema.field("embedding").type
    vectors = np.empty((table.num_rows, kind.list_size), dtype=kind.value_type.to_pandas_dtype())
    start = 0
    for chunk in table.column("embedding").chunks:
        vectors[start : start + len(chunk)] = chunk.flatten().to_numpy(zero_copy_only=False).reshape(len(chunk), -1)
        start += len(chunk)
    return vectors, table.column("key").to_pylist()


def read_column(connection: Connection, dataset_id: str, name: str) -> Any:
    """Return a column of a dataset: `value` and `present`, by row."""
    return read_table(connection, f"/bulk/v1/datasets/{dataset_id}/columns/{name}")
