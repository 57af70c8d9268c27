"""A rule: which datapoints of a project are meant, said so that it follows the data.

Filters are all to hold; lassos, in their order, give a place on maps that is to hold too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

VERSION = 1
# Among the values of a filter: the datapoints that have none.
NONE = "none"

Polygon = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Field:
    """A fact of a datapoint, such as `label` or `metadata:day`."""

    kind: str
    # What follows the colon; of a score the analysis' id and the score's name.
    of: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.of}" if self.of else self.kind


@dataclass(frozen=True)
class ValuesFilter:
    """Only datapoints with one of these values, or all but those."""

    field: Field
    values: tuple[str, ...]
    is_without: bool = False


@dataclass(frozen=True)
class RangeFilter:
    """Numbers between two bounds, both included; None for no bound."""

    field: Field
    low: float | None
    high: float | None
    keeps_missing: bool = False


@dataclass(frozen=True)
class SearchFilter:
    """Keys or texts that contain this, in whatever case."""

    text: str


Filter = ValuesFilter | RangeFilter | SearchFilter


class LassoMode(StrEnum):
    REPLACE = "replace"
    ADD = "add"
    REMOVE = "remove"


@dataclass(frozen=True)
class Lasso:
    """An area of a map, closed by itself, that replaces what was lassoed before, adds to it or is taken from it."""

    map_id: str
    mode: LassoMode
    polygon: Polygon


@dataclass(frozen=True)
class Rule:
    filters: tuple[Filter, ...] = ()
    lassos: tuple[Lasso, ...] = ()
    # None for all datasets of the project.
    dataset_ids: tuple[str, ...] | None = None
