"""What a map knows of each of its datapoints beside the place: columns to colour, filter and download."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.errors import NotFound
from apps.projections.arrays import names_of, read_arrays
from apps.projections.models import ProjectionSet


class Direction(StrEnum):
    """Which end of a column asks to be looked at."""

    HIGH_IS_BAD = "high_is_bad"
    LOW_IS_BAD = "low_is_bad"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class MapColumn:
    """One number for each datapoint of a map. None stands for bounds that the numbers themselves give."""

    name: str
    title: str
    description: str
    direction: Direction
    minimum: float | None = None
    maximum: float | None = None


COLUMNS = (
    MapColumn(
        name="preservation",
        title="Neighbours kept",
        description="Share of a datapoint's nearest embeddings that are among its nearest points on the map. Where it "
        "is low, the place on the map lies.",
        direction=Direction.LOW_IS_BAD,
        minimum=0,
        maximum=1,
    ),
    MapColumn(
        name="moved",
        title="Moved since the version before",
        description="How far a datapoint lies from its place on the version before, as a share of that map's spread.",
        direction=Direction.HIGH_IS_BAD,
        minimum=0,
    ),
    MapColumn(
        name="z",
        title="Third component",
        description="The place along the third component, which the map does not show.",
        direction=Direction.NEUTRAL,
    ),
)


def columns_of(projection_set: ProjectionSet) -> list[MapColumn]:
    """The columns that this map has; none before it is finished."""
    names = names_of(projection_set)
    return [column for column in COLUMNS if column.name in names]


def read_map_column(projection_set: ProjectionSet, name: str) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """The values of a column in member order, and which datapoints have one."""
    if projection_set.finished_at is not None and name not in {column.name for column in columns_of(projection_set)}:
        raise NotFound("No such column of this map.")
    [values] = read_arrays(projection_set, name)
    # -1 stands for datapoints that were not on the version before.
    present = values >= 0 if name == "moved" else np.isfinite(values)
    return np.where(present, values, np.float32(0)), present
