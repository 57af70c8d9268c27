from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import numpy as np
import pyarrow as pa
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from numpy.typing import NDArray

from apps.common.arrow import arrow_response, not_modified
from apps.common.bodies import read_body
from apps.common.errors import BadUserInput
from apps.common.http import ApiRequest, api_view
from apps.datasets.models import Datapoint
from apps.projections.arrays import read_arrays
from apps.projections.authorised import sources_for
from apps.projections.models import ProjectionSet
from apps.projections.precomputed import parse_positions, store_positions
from apps.projects import access
from apps.projects.models import Project, Role

# Six million positions.
LARGEST_POSITIONS = 48 * 1024 * 1024
KEYS_A_BATCH = 10_000
POSITIONS = pa.schema([pa.field("x", pa.float32(), nullable=False), pa.field("y", pa.float32(), nullable=False)])
MEMBERS = pa.schema([pa.field("source", pa.uint16(), nullable=False), pa.field("row", pa.uint32(), nullable=False)])
KEYS = pa.schema([pa.field("source", pa.uint16(), nullable=False), pa.field("key", pa.string())])


@api_view(methods={"GET"})
def positions(request: ApiRequest, id: UUID) -> HttpResponseBase:
    """The places: x and y in member order."""
    return _arrays(request, id, POSITIONS)


@api_view(methods={"GET"})
def members(request: ApiRequest, id: UUID) -> HttpResponseBase:
    """Which datapoints they are of: the code of the source and the row."""
    return _arrays(request, id, MEMBERS)


@api_view(methods={"GET"})
def keys(request: ApiRequest, id: UUID) -> HttpResponseBase:
    """Which datapoints they are of, by key; null for datapoints that are gone."""
    projection_set = access.get(request.actor, ProjectionSet, id)
    versions = projection_set.sources.values_list("embedding_set__dataset__version", flat=True)
    etag = f"{projection_set.pk}-keys-{'-'.join(map(str, versions))}"
    if (answer := not_modified(request, etag)) is not None:
        return answer
    source, row = read_arrays(projection_set, "source", "row")
    return arrow_response(request, KEYS, _key_batches(projection_set, source, row), etag=etag)


@api_view(methods={"POST"})
def create(request: ApiRequest, project_id: UUID) -> HttpResponse:
    """Store a map of positions that the caller brings along."""
    project = access.get(request.actor, Project, project_id, at_least=Role.EDITOR)
    sources = sources_for(request.actor, request.GET.getlist("source"))
    if any(source.dataset.project_id != project.pk for source in sources):
        raise BadUserInput("An embedding set is of another project.", field="source")
    given = parse_positions(read_body(request, at_most=LARGEST_POSITIONS))
    stored = store_positions(actor=request.actor, embedding_sets=sources, positions=given, name=request.GET.get("name"))
    return JsonResponse({"id": str(stored.pk)}, status=201)


def _arrays(request: ApiRequest, id: UUID, schema: pa.Schema) -> HttpResponseBase:
    """Arrays of a finished map never change, so its id and their names are their ETag."""
    projection_set = access.get(request.actor, ProjectionSet, id)
    etag = f"{projection_set.pk}-{'-'.join(schema.names)}"
    if projection_set.finished_at is not None and (answer := not_modified(request, etag)) is not None:
        return answer
    arrays = read_arrays(projection_set, *schema.names)
    batch = pa.record_batch([pa.array(array) for array in arrays], schema=schema)
    return arrow_response(request, schema, [batch], etag=etag)


def _key_batches(
    projection_set: ProjectionSet, source: NDArray[np.uint16], row: NDArray[np.uint32]
) -> Iterator[pa.RecordBatch]:
    """Members stand in the order of their sources, and in row order within each."""
    for stored in projection_set.sources.select_related("embedding_set"):
        existing = Datapoint.objects.filter(dataset=stored.embedding_set.dataset_id, dataset__deleted_at=None)
        rows = row[source == stored.position]
        for start in range(0, len(rows), KEYS_A_BATCH):
            some = rows[start : start + KEYS_A_BATCH].tolist()
            keys = dict(existing.filter(row__range=(some[0], some[-1])).order_by().values_list("row", "key"))
            codes = pa.array(np.full(len(some), stored.position, dtype=np.uint16))
            yield pa.record_batch([codes, pa.array(map(keys.get, some), type=pa.string())], schema=KEYS)
