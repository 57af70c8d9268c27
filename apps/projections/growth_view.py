from __future__ import annotations

from uuid import UUID

import numpy as np
import pyarrow as pa
from django.db.models import F
from django.http import HttpResponse, HttpResponseBase

from apps.common.arrow import arrow_response, not_modified
from apps.common.http import ApiRequest, api_view
from apps.projections.models import ProjectionGrowth, ProjectionSet
from apps.projects import access

FIELDS = [("source", pa.uint16()), ("row", pa.uint32()), ("x", pa.float32()), ("y", pa.float32())]
GROWTH = pa.schema([pa.field(name, dtype, nullable=False) for name, dtype in FIELDS])


@api_view(methods={"GET"})
def growth(request: ApiRequest, id: UUID) -> HttpResponseBase:
    """The newest layout of a map in the making: thinned, so source and row stand beside x and y; 204 without one.

    The schema's metadata has its number, the phase and its fraction (empty where it cannot be counted), and how many
    datapoints the map will have.
    """
    projection_set = access.get(request.actor, ProjectionSet, id)
    # What an attempt showed goes with its lease.
    of_attempt = ProjectionGrowth.objects.filter(lease=F("projection_set__job__lease"))
    shown = of_attempt.filter(projection_set=projection_set).first()
    if shown is None:
        return HttpResponse(status=204, headers={"Cache-Control": "private, no-cache"})
    etag = f"{projection_set.pk}-growth-{shown.lease.hex[:8]}-{shown.number}"
    if (answer := not_modified(request, etag)) is not None:
        return answer
    schema = GROWTH.with_metadata(_described(shown))
    return arrow_response(request, schema, [_batch(shown, schema)], etag=etag)


def _described(shown: ProjectionGrowth) -> dict[str, str]:
    fraction = "" if shown.fraction is None else str(shown.fraction)
    return {"number": str(shown.number), "phase": shown.phase, "fraction": fraction, "total": str(shown.total)}


def _batch(shown: ProjectionGrowth, schema: pa.Schema) -> pa.RecordBatch:
    positions = np.frombuffer(shown.positions, dtype="<f4").reshape(-1, 2)
    arrays = [
        np.frombuffer(shown.source, dtype="<u2"),
        np.frombuffer(shown.row, dtype="<u4"),
        np.ascontiguousarray(positions[:, 0]),
        np.ascontiguousarray(positions[:, 1]),
    ]
    return pa.record_batch([pa.array(array) for array in arrays], schema=schema)
