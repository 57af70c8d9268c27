"""Columns whose values are JSON: text in Parquet and CSV, the value itself in JSONL."""

from __future__ import annotations

import pyarrow as pa

MARK = {b"chroma": b"json"}


def json_field(name: str) -> pa.Field:
    return pa.field(name, pa.string(), metadata=MARK)


def is_json(field: pa.Field) -> bool:
    return (field.metadata or {}).get(b"chroma") == b"json"
