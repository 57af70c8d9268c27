from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

from apps.curation.exports.formats.csv import numbers_as_text
from apps.curation.exports.json_text import is_json


class JsonLinesFile:
    """One JSON object a line, with every column; null where there is no value."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._schema = schema
        self._handle = path.open("w", encoding="utf-8", newline="\n")
        names = [_escaped(_json(field.name)) for field in schema]
        self._line = "{{" + ", ".join(f"{name}: {{}}" for name in names) + "}}\n"

    def write(self, batch: pa.RecordBatch) -> None:
        columns = [_values(column, field) for column, field in zip(batch.columns, self._schema, strict=True)]
        self._handle.writelines(self._line.format(*values) for values in zip(*columns, strict=True))

    def close(self) -> None:
        self._handle.close()


def _values(column: Any, field: pa.Field) -> Iterable[str]:
    """The column's values as JSON."""
    kind = field.type
    if is_json(field):
        return [value or "null" for value in column.to_pylist()]
    if pa.types.is_timestamp(kind):
        return [_json(value and value.isoformat()) for value in column.to_pylist()]
    if pa.types.is_floating(kind):
        return [value or "null" for value in numbers_as_text(column).to_pylist()]
    if pa.types.is_fixed_size_list(kind):
        return _vectors(column)
    return map(_json, column.to_pylist())


def _vectors(column: Any) -> list[str]:
    width, texts = column.type.list_size, numbers_as_text(column.values).to_pylist()
    present = column.is_valid().to_pylist()
    first = column.offset * width
    return [
        f"[{', '.join(texts[first + row * width : first + (row + 1) * width])}]" if there else "null"
        for row, there in enumerate(present)
    ]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _escaped(text: str) -> str:
    """Braces are the template's own."""
    return text.replace("{", "{{").replace("}", "}}")
