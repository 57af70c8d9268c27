"""The columns that this app knows: key, label, resource, and metadata by field id."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from apps.common.errors import NotFound
from apps.datasets.columns import read_column
from apps.datasets.dense.fetch import fetch, fetch_numbers
from apps.datasets.dense.provide import DenseColumn, dense_provider, wanted_id
from apps.datasets.models import Column, ColumnKind, Dataset, MetadataField

Values = tuple[Any, NDArray[np.bool_]]


@dense_provider("key")
def key_column(dataset: Dataset, rest: str) -> DenseColumn:
    return DenseColumn(version="", read=lambda: _keys(dataset))


@dense_provider("label")
def label_column(dataset: Dataset, rest: str) -> DenseColumn:
    return DenseColumn(version=str(dataset.label_version), read=lambda: _ids(dataset, "category_id", np.int32))


@dense_provider("resource")
def resource_column(dataset: Dataset, rest: str) -> DenseColumn:
    return DenseColumn(version=str(dataset.version), read=lambda: _ids(dataset, "resource_id", np.int64))


@dense_provider("metadata")
def metadata_column(dataset: Dataset, rest: str) -> DenseColumn:
    field = MetadataField.objects.filter(dataset=dataset, pk=wanted_id(rest)).select_related("column").first()
    if field is None:
        raise NotFound("No such metadata field in this dataset.")
    return stored_column(dataset, field.column)


def stored_column(dataset: Dataset, column: Column) -> DenseColumn:
    """A column made of segments; categories as 32-bit ids, as browsers count them."""

    def read() -> Values:
        found = read_column(column, length=dataset.next_row, version=column.version)
        is_category = column.kind == ColumnKind.CATEGORY
        return found.values.astype(np.int32) if is_category else found.values, found.present

    return DenseColumn(version=f"{column.pk}.{column.version}", read=read)


def _ids(dataset: Dataset, name: str, dtype: type[np.signedinteger[Any]]) -> Values:
    values = np.zeros(dataset.next_row, dtype=dtype)
    for rows, ids in fetch_numbers(dataset, name):
        values[rows] = ids
    return values, values != 0


def _keys(dataset: Dataset) -> Values:
    place = np.zeros(dataset.next_row, dtype=np.int64)
    chunks, filled = [pa.array([""], type=pa.large_string())], 1
    sql = 'SELECT "row", "key" FROM datasets_datapoint WHERE dataset_id = %s AND "row" < %s'
    for found in fetch(sql, dataset):
        rows, keys = zip(*found, strict=True)
        place[list(rows)] = np.arange(filled, filled + len(rows))
        chunks.append(pa.array(keys, type=pa.large_string()))
        filled += len(rows)
    return pa.concat_arrays(chunks).take(pa.array(place)), place != 0
