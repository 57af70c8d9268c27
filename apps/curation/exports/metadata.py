from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from apps.curation.exports.block import Block, Opened
from apps.curation.exports.json_text import json_field
from apps.datasets.columns import ColumnReader
from apps.datasets.datapoint_facts import python_values
from apps.datasets.models import Dataset, MetadataField


class MetadataPart:
    """All metadata of a datapoint as one JSON object, which keeps types: 1 is whole, 1.0 is a number."""

    fields = [json_field("metadata")]

    def __init__(self) -> None:
        self._columns = Opened(_columns_of)

    def read(self, block: Block) -> list[Any]:
        found: list[dict[str, Any]] = [{} for _ in block.rows]
        for name, kind, column in self._columns.of(block.dataset):
            for row, value in zip(found, python_values(column.read(block.rows), kind), strict=True):
                if value is not None:
                    row[name] = value
        texts = [json.dumps(row, ensure_ascii=False) if row else None for row in found]
        return [pa.array(texts, type=pa.string())]


def _columns_of(dataset: Dataset) -> list[tuple[str, str, ColumnReader]]:
    fields = MetadataField.objects.filter(dataset=dataset).select_related("column").order_by("name")
    return [(field.name, field.column.kind, ColumnReader(field.column)) for field in fields]
