"""Slices over HTTP: their rows, and their datapoints by key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

import pyarrow as pa
from django.http import HttpResponseBase, JsonResponse
from pyroaring import BitMap

from apps.common.arrow import arrow_response, not_modified
from apps.common.http import ApiRequest, api_view
from apps.curation import services
from apps.curation.views.selections import encoded
from apps.datasets import bitmaps
from apps.datasets.models import Datapoint, Dataset, Slice
from apps.projects import access

KEYS_A_BATCH = 10_000
KEYS = pa.schema([pa.field("dataset", pa.string(), nullable=False), pa.field("key", pa.string(), nullable=False)])


@api_view(methods={"GET"})
def rows(request: ApiRequest, id: UUID) -> HttpResponseBase:
    saved = access.get(request.actor, Slice, id)
    etag = f"rows-{services.slice_version(saved)}"
    if (answer := not_modified(request, etag)) is not None:
        return answer
    response = JsonResponse({"datasets": encoded(services.slice_rows(saved))})
    response.headers["ETag"], response.headers["Cache-Control"] = f'"{etag}"', "private, no-cache"
    return response


@api_view(methods={"GET"})
def keys(request: ApiRequest, id: UUID) -> HttpResponseBase:
    """The dataset's name and the key of each datapoint, in row order."""
    saved = access.get(request.actor, Slice, id)
    parts = list(services.slice_rows(saved))
    etag = f"keys-{services.slice_version(saved)}"
    if (answer := not_modified(request, etag)) is not None:
        return answer
    return arrow_response(request, KEYS, _key_batches(parts), etag=etag)


def _key_batches(parts: Iterable[tuple[Dataset, BitMap]]) -> Iterator[pa.RecordBatch]:
    for dataset, chosen in parts:
        numbers = bitmaps.rows_of(chosen)
        for start in range(0, len(numbers), KEYS_A_BATCH):
            some = numbers[start : start + KEYS_A_BATCH].tolist()
            found = Datapoint.objects.filter(dataset=dataset, row__in=some).order_by("row")
            names = list(found.values_list("key", flat=True))
            yield pa.record_batch([pa.array([dataset.name] * len(names)), pa.array(names)], schema=KEYS)
