"""What objects are: role, parent, region and source."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from apps.datasets import bitmaps
from apps.datasets.dense.fetch import fetch, fetch_numbers
from apps.datasets.dense.provide import DenseColumn, dense_provider
from apps.datasets.models import Dataset, ObjectSource

Values = tuple[Any, NDArray[np.bool_]]
REGION = ("x", "y", "width", "height")


@dense_provider("role")
def role_column(dataset: Dataset, rest: str) -> DenseColumn:
    """0 for contexts, 1 for objects; every datapoint has one."""
    return DenseColumn(version="", read=lambda: (_are_objects(dataset).view(np.uint8), _everywhere(dataset)))


@dense_provider("parent")
def parent_column(dataset: Dataset, rest: str) -> DenseColumn:
    """The row of the datapoint that an object lies in."""
    return DenseColumn(version="", read=lambda: _parents(dataset))


@dense_provider("region")
def region_column(dataset: Dataset, rest: str) -> DenseColumn:
    """Where an object lies in its parent: x, y, width and height as shares."""
    return DenseColumn(version=str(dataset.version), read=lambda: _regions(dataset))


@dense_provider("source")
def source_column(dataset: Dataset, rest: str) -> DenseColumn:
    """Who says that an object is there: "ground_truth", or the id of a trained model."""
    return DenseColumn(version="", read=lambda: _sources(dataset))


def _are_objects(dataset: Dataset) -> NDArray[np.bool_]:
    return bitmaps.mask_of(bitmaps.load(dataset.object_rows), dataset.next_row)


def _everywhere(dataset: Dataset) -> NDArray[np.bool_]:
    return np.ones(dataset.next_row, dtype=np.bool_)


def _parents(dataset: Dataset) -> Values:
    values = np.zeros(dataset.next_row, dtype=np.int32)
    if not dataset.object_count:
        return values, _are_objects(dataset)
    ids, rows_of_ids = _contexts(dataset)
    for rows, parents in fetch_numbers(dataset, "parent_id"):
        values[rows] = rows_of_ids[np.searchsorted(ids, parents)]
    return values, _are_objects(dataset)


def _contexts(dataset: Dataset) -> NDArray[np.int64]:
    """The ids of contexts in ascending order, and the row of each."""
    sql = 'SELECT id, "row" FROM datasets_datapoint WHERE dataset_id = %s AND "row" < %s AND parent_id IS NULL'
    none = np.zeros((0, 2), dtype=np.int64)  # they may have been deleted since the dataset was looked up
    pairs = np.concatenate([none, *(np.array(found, dtype=np.int64) for found in fetch(sql, dataset))])
    ordered: NDArray[np.int64] = pairs[np.argsort(pairs[:, 0])].T
    return ordered


def _regions(dataset: Dataset) -> Values:
    values = np.zeros((dataset.next_row, 4), dtype=np.float32)
    for rows, regions in fetch_numbers(dataset, "region", REGION, pa.float64()):
        values[rows] = regions
    return values, _are_objects(dataset)


def _sources(dataset: Dataset) -> Values:
    names = [ObjectSource.GROUND_TRUTH.value]
    codes = np.zeros(dataset.next_row, dtype=np.int32)
    if dataset.object_count:
        found_by_model = dataset.datapoints.exclude(source="").order_by()
        for source in found_by_model.values_list("source", flat=True).distinct():
            rows = np.fromiter(found_by_model.filter(source=source).values_list("row", flat=True), dtype=np.int64)
            codes[rows[rows < dataset.next_row]] = len(names)
            names.append(source)
    return pa.array(names).take(pa.array(codes)), _are_objects(dataset)
