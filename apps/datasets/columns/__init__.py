"""Columns: one value per row of a dataset, kept as a list of immutable segments of which the last wins."""

from __future__ import annotations

from apps.datasets.columns.append import PendingSegment, append_segments, append_values, create_column, write_segments
from apps.datasets.columns.read import (
    ColumnReader,
    ColumnValues,
    iter_column,
    iter_stored,
    present_rows,
    read_column,
    read_rows,
)

__all__ = [
    "ColumnReader",
    "ColumnValues",
    "PendingSegment",
    "append_segments",
    "append_values",
    "create_column",
    "iter_column",
    "iter_stored",
    "present_rows",
    "read_column",
    "read_rows",
    "write_segments",
]
