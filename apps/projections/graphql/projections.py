"""Small pages of a map's places, for those who look at single ones; whole maps travel as Arrow."""

from __future__ import annotations

import base64
import binascii

import numpy as np
import strawberry
from numpy.typing import NDArray
from strawberry import relay

from apps.common.errors import BadUserInput
from apps.common.graphql.connections import page_of
from apps.datasets import models as datasets
from apps.datasets.graphql.types import Datapoint
from apps.projections import models
from apps.projections.arrays import read_slice

CURSOR = "place:"


@strawberry.type
class Projection:
    """One datapoint's place on a map."""

    datapoint: Datapoint
    x: float
    y: float


@strawberry.type
class ProjectionEdge:
    node: Projection
    cursor: str


@strawberry.type
class ProjectionConnection:
    """A page of places. Pages hold 100 unless told otherwise, at most 500."""

    edges: list[ProjectionEdge]
    page_info: relay.PageInfo
    total_count: int


def page_of_projections(
    projection_set: models.ProjectionSet,
    *,
    first: int | None,
    after: str | None,
    last: int | None,
    before: str | None,
) -> ProjectionConnection:
    """Cut a page by member order."""
    first, last = page_of(first, last)
    total = projection_set.projection_count
    start = _place(after, "after") + 1 if after else 0
    end = min(_place(before, "before"), total) if before else total
    if first is not None:
        end = min(end, start + first)
    elif last is not None:
        start = max(start, end - last)
    edges = _edges(projection_set, start, end) if end > start else []
    page_info = relay.PageInfo(
        has_next_page=end < total,
        has_previous_page=start > 0,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
    return ProjectionConnection(edges=edges, page_info=page_info, total_count=total)


def _edges(projection_set: models.ProjectionSet, start: int, end: int) -> list[ProjectionEdge]:
    piece = read_slice(projection_set, start, end - start)
    datapoints = _datapoints(projection_set, piece["source"], piece["row"])
    edges = []
    members = zip(*(piece[name] for name in ("source", "row", "x", "y")), strict=True)
    for place, (source, row, x, y) in enumerate(members):
        datapoint = datapoints.get((int(source), int(row)))
        if datapoint is not None:
            node = Projection(datapoint=datapoint, x=float(x), y=float(y))
            edges.append(ProjectionEdge(node=node, cursor=_cursor(start + place)))
    return edges


def _datapoints(
    projection_set: models.ProjectionSet, source: NDArray[np.uint16], row: NDArray[np.uint32]
) -> dict[tuple[int, int], datasets.Datapoint]:
    found = {}
    for stored in projection_set.sources.select_related("embedding_set"):
        rows = row[source == stored.position].tolist()
        related = ("dataset__project", "category", "logged_category", "resource")
        candidates = datasets.Datapoint.objects.select_related(*related).filter(dataset__deleted_at=None)
        for datapoint in candidates.filter(dataset=stored.embedding_set.dataset_id, row__in=rows):
            found[stored.position, datapoint.row] = datapoint
    return found


def _cursor(place: int) -> str:
    return base64.b64encode(f"{CURSOR}{place}".encode()).decode()


def _place(cursor: str, field: str) -> int:
    try:
        text = base64.b64decode(cursor, validate=True).decode()
        name, _, place = text.rpartition(":")
        if f"{name}:" == CURSOR and place.isascii() and place.isdecimal() and len(place) <= 12:
            return int(place)
    except (binascii.Error, UnicodeDecodeError):
        pass
    raise BadUserInput("This is no cursor of this list; pass one from pageInfo or an edge.", field=field)
