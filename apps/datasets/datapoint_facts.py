"""What this app knows of a page of datapoints besides their rows in the database: metadata and tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pyarrow as pa

from apps.datasets import bitmaps
from apps.datasets.bitmaps import Rows
from apps.datasets.columns import ColumnValues, read_rows
from apps.datasets.models import ColumnKind, MetadataField, Tag, TagMembership
from apps.datasets.page_facts import page_fact


@page_fact("metadata")
def metadata_of(dataset_id: UUID, rows: Rows) -> Mapping[int, list[tuple[str, Any]]]:
    """The (name, value) pairs of each row, by name."""
    found: dict[int, list[tuple[str, Any]]] = defaultdict(list)
    for field in MetadataField.objects.filter(dataset=dataset_id).select_related("column").order_by("name"):
        column = read_rows(field.column, rows)
        for row, value in zip(rows.tolist(), python_values(column, field.column.kind), strict=True):
            if value is not None:
                found[row].append((field.name, value))
    return found


@page_fact("tags")
def tags_of(dataset_id: UUID, rows: Rows) -> Mapping[int, list[Tag]]:
    wanted = bitmaps.of_rows(rows)
    found: dict[int, list[Tag]] = defaultdict(list)
    memberships = TagMembership.objects.filter(dataset=dataset_id, datapoint_count__gt=0).select_related("tag")
    for membership in memberships.order_by("tag__name"):
        for row in bitmaps.load(membership.rows) & wanted:
            found[row].append(membership.tag)
    return found


def python_values(column: ColumnValues, kind: str) -> list[Any]:
    """The values as plain Python ones; None where there is none."""
    values = column.values.to_pylist() if isinstance(column.values, pa.Array) else column.values.tolist()
    if kind == ColumnKind.BOOLEAN:
        values = [bool(value) for value in values]
    return [value if is_there else None for value, is_there in zip(values, column.present.tolist(), strict=True)]
