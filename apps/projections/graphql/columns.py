"""The columns of a map, as the API describes them."""

from __future__ import annotations

import strawberry

from apps.projections.columns import Direction, MapColumn

MapColumnDirection = strawberry.enum(
    Direction, name="MapColumnDirection", description="Which end of a map's column asks to be looked at."
)


@strawberry.type(name="MapColumn")
class ProjectionColumn:
    """One number for each datapoint of a map, in member order: `/bulk/v1/projection-sets/<id>/columns/<name>`."""

    name: str
    title: str
    description: str
    direction: MapColumnDirection
    minimum: float | None = strawberry.field(description="Null where the numbers themselves say.")
    maximum: float | None


def describe_column(column: MapColumn) -> ProjectionColumn:
    return ProjectionColumn(
        name=column.name,
        title=column.title,
        description=column.description,
        direction=column.direction,
        minimum=column.minimum,
        maximum=column.maximum,
    )
