"""Facts of all datapoints of a dataset, straight from their table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import connection
from numpy.typing import NDArray
from pyarrow import csv

from apps.datasets.models import Dataset

AT_ONCE = 50_000


def fetch_numbers(
    dataset: Dataset, column: str, names: Sequence[str] = ("value",), kind: pa.DataType | None = None
) -> Iterator[tuple[NDArray[np.int64], NDArray[Any]]]:
    """Rows that have a value in a column of the table, and the values: one number, or a JSON list of as many as names.

    The database joins a range of rows to one text, which is read as the lines of a table: a million rows never become
    Python objects.
    """
    read = csv.ReadOptions(column_names=["row", *names])
    convert = csv.ConvertOptions(column_types={"row": pa.int64()} | dict.fromkeys(names, kind or pa.int64()))
    sql = f"""
        SELECT {_joined(column, is_list=len(names) > 1)} FROM datasets_datapoint
        WHERE dataset_id = %s AND "row" >= %s AND "row" < %s AND {column} IS NOT NULL"""  # noqa: S608
    with connection.cursor() as cursor:
        for start in range(0, dataset.next_row, AT_ONCE):
            cursor.execute(sql, [_kept_id(dataset), start, min(start + AT_ONCE, dataset.next_row)])
            [(text,)] = cursor.fetchall()
            if text:
                table = csv.read_csv(pa.BufferReader(text.encode()), read_options=read, convert_options=convert)
                values = [table.column(name).to_numpy() for name in names]
                yield table.column("row").to_numpy(), values[0] if len(names) == 1 else np.column_stack(values)


def fetch(sql: str, dataset: Dataset) -> Iterator[list[Any]]:
    """Rows in lots, so that a million of them are never Python objects at once.

    Only those that the dataset had when it was looked up: another log may have added more since.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [_kept_id(dataset), dataset.next_row])
        while found := cursor.fetchmany(AT_ONCE):
            yield found


def _joined(column: str, *, is_list: bool) -> str:
    """The lines `row,value` or `row,value,value…` of all rows, as one text."""
    if connection.vendor == "postgresql":
        value = f"trim(both '[]' from {column}::text)" if is_list else column
        return f"""string_agg("row" || ',' || {value}, chr(10))"""
    value = f"trim({column}, '[]')" if is_list else column
    return f"""group_concat("row" || ',' || {value}, char(10))"""


def _kept_id(dataset: Dataset) -> Any:
    return dataset.pk if connection.features.has_native_uuid_field else dataset.pk.hex
