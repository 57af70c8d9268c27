"""One column of a map, as Arrow."""

from __future__ import annotations

from uuid import UUID

import numpy as np
import pyarrow as pa
from django.http import HttpResponseBase

from apps.common.arrow import arrow_response, not_modified
from apps.common.http import ApiRequest, api_view
from apps.projections.columns import read_map_column
from apps.projections.models import ProjectionSet
from apps.projects import access

# As columns of datasets are sent.
COLUMN = pa.schema([pa.field("value", pa.float32()), pa.field("present", pa.uint8())])


@api_view(methods={"GET"})
def column(request: ApiRequest, id: UUID, name: str) -> HttpResponseBase:
    """One value for each datapoint in member order, and whether it has one."""
    projection_set = access.get(request.actor, ProjectionSet, id)
    etag = f"{projection_set.pk}-column-{name}"
    if projection_set.finished_at is not None and (answer := not_modified(request, etag)) is not None:
        return answer
    values, present = read_map_column(projection_set, name)
    batch = pa.record_batch([pa.array(values), pa.array(present.view(np.uint8))], schema=COLUMN)
    return arrow_response(request, COLUMN, [batch], etag=etag)
