"""Whole columns of a dataset, as Arrow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from django.http import HttpResponseBase

from apps.common.arrow import arrow_response, not_modified
from apps.common.http import ApiRequest, api_view
from apps.datasets.dense import dense_column
from apps.datasets.models import Dataset
from apps.projects import access

ROWS_A_BATCH = 65_536


@api_view(methods={"GET", "HEAD"})
def column(request: ApiRequest, id: str, name: str) -> HttpResponseBase:
    dataset = access.get(request.actor, Dataset, id)
    found = dense_column(dataset, name)
    etag = found.version
    unchanged = not_modified(request, etag)
    if unchanged is not None:
        return unchanged
    values, present = found.read()
    schema = pa.schema([("value", _wire_type(values)), ("present", pa.uint8())])
    return arrow_response(request, schema, _batches(values, present, schema), etag=etag)


def _wire_type(values: Any) -> pa.DataType:
    if not isinstance(values, np.ndarray):
        return pa.string()
    kind = pa.from_numpy_dtype(values.dtype)
    return kind if values.ndim == 1 else pa.list_(kind, values.shape[1])


def _batches(values: Any, present: Any, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Text in small batches, for which 32-bit offsets do; numbers in one, which browsers use without copying."""
    step = max(len(present), 1) if isinstance(values, np.ndarray) else ROWS_A_BATCH
    for start in range(0, len(present), step):
        some = _array(values[start : start + step]).cast(schema.field("value").type)
        yield pa.record_batch([some, pa.array(present[start : start + step].view(np.uint8))], schema=schema)


def _array(values: Any) -> pa.Array:
    if isinstance(values, np.ndarray) and values.ndim == 2:
        return pa.FixedSizeListArray.from_arrays(pa.array(values.reshape(-1)), values.shape[1])
    return pa.array(values)
