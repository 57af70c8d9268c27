"""Logging over HTTP as a client does it: declare, send chunks, commit."""

from __future__ import annotations

import hashlib
import io
import json
import uuid

import numpy as np
import pyarrow as pa

STREAM = "application/vnd.apache.arrow.stream"
TYPES = {
    "key": pa.string(),
    "label": pa.string(),
    "inference": pa.string(),
    "text": pa.string(),
    "uri": pa.string(),
    "file": pa.string(),
    "confidence": pa.float32(),
    "clear": pa.list_(pa.string()),
}


def table_of(columns) -> pa.Table:
    """Columns as a table; lists get the type that their column has on the wire, matrices become vectors."""
    return pa.table({name: array_of(name, values) for name, values in columns.items()})


def array_of(name, values):
    if isinstance(values, np.ndarray) and values.ndim == 2:
        return pa.FixedSizeListArray.from_arrays(pa.array(values.reshape(-1)), values.shape[1])
    return values if isinstance(values, pa.Array | pa.ChunkedArray) else pa.array(values, type=TYPES.get(name))


def stream_of(table: pa.Table, **options) -> bytes:
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema, **options) as writer:
        writer.write_table(table)
    return sink.getvalue()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def declaration_of(content: bytes, row_count: int, **declared) -> dict:
    return {
        "key": uuid.uuid4().hex,
        "row_count": row_count,
        "byte_count": len(content),
        "chunk_bytes": 1024 * 1024,
        "dimension": None,
        "sha256": sha256(content),
        "model": "",
        "version": "",
        "layer": "",
        "classes": None,
    } | declared


class Uploader:
    """Sends the requests of an upload as one client."""

    def __init__(self, client, dataset) -> None:
        self.client = client
        self.dataset = dataset

    def declare(self, content: bytes, row_count: int, **declared):
        return self.declare_exactly(declaration_of(content, row_count, **declared))

    def declare_exactly(self, declaration):
        url = f"/bulk/v1/datasets/{self.dataset.pk}/uploads"
        return self.client.post(url, json.dumps(declaration), content_type="application/json")

    def send(self, upload_id, number, chunk: bytes, **headers):
        url = f"/bulk/v1/uploads/{upload_id}/chunks/{number}"
        return self.client.put(
            url, chunk, content_type="application/octet-stream", headers={"X-Chroma-Sha256": sha256(chunk)} | headers
        )

    def look(self, upload_id):
        return self.client.get(f"/bulk/v1/uploads/{upload_id}")

    def commit(self, upload_id):
        return self.client.post(f"/bulk/v1/uploads/{upload_id}/commit")

    def upload(self, content: bytes, row_count: int, **declared):
        """The answer to the commit of everything, in chunks; or the first answer that refuses."""
        declared.setdefault("chunk_bytes", 1024 * 1024)
        answer = self.declare(content, row_count, **declared)
        if answer.status_code >= 300:
            return answer
        upload_id, size = answer.json()["id"], declared["chunk_bytes"]
        for number in answer.json()["missing_chunks"]:
            sent = self.send(upload_id, number, content[number * size : (number + 1) * size])
            if sent.status_code >= 300:
                return sent
        return self.commit(upload_id)

    def try_log(self, columns, **declared):
        """Log columns and return the answer, whatever it is."""
        table = columns if isinstance(columns, pa.Table) else table_of(columns)
        if "embedding" in table.column_names and pa.types.is_fixed_size_list(table.schema.field("embedding").type):
            declared.setdefault("dimension", table.schema.field("embedding").type.list_size)
        return self.upload(stream_of(table), table.num_rows, **declared)

    def log(self, columns, **declared) -> dict:
        """Log columns and return the report."""
        answer = self.try_log(columns, **declared)
        assert answer.status_code == 200, answer.content
        return answer.json()["report"]


def read_arrow(response) -> pa.Table:
    assert response.status_code == 200, response.content
    return pa.ipc.open_stream(b"".join(response)).read_all()


def dense(client, dataset, name) -> list:
    """A column as a list with None where there is no value."""
    table = read_arrow(client.get(f"/bulk/v1/datasets/{dataset.pk}/columns/{name}"))
    values, present = table["value"].to_pylist(), table["present"].to_pylist()
    return [value if there else None for value, there in zip(values, present, strict=True)]
