"""A few thousand datapoints of one dataset, the unit in which exports read: memory stays bounded at any size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import numpy as np
import pyarrow as pa
from pyroaring import BitMap

from apps.datasets import bitmaps
from apps.datasets.bitmaps import Rows
from apps.datasets.models import Datapoint, Dataset

T = TypeVar("T")

LARGEST_BLOCK = 10_000
SMALLEST_BLOCK = 64


class Facts(NamedTuple):
    """What the database says of one datapoint. Names are those of the lookups below."""

    row: int
    id: int
    key: str
    role: str
    parent_key: str | None
    region: list[float] | None
    source: str
    resource_kind: str | None
    resource_text: str | None
    resource_sha256: str | None
    category_id: int | None
    logged_category_id: int | None


LOOKUPS = (
    "row", "pk", "key", "role", "parent__key", "region", "source", "resource__kind", "resource__text",
    "resource__sha256", "category_id", "logged_category_id",
)  # fmt: skip


@dataclass(frozen=True)
class Block:
    """Datapoints in row order."""

    dataset: Dataset
    rows: Rows
    facts: list[Facts]


class Part(Protocol):
    """Some columns of the exported table."""

    @property
    def fields(self) -> list[pa.Field]:
        """Names and types, the same for every dataset."""

    def read(self, block: Block) -> list[Any]:
        """One array for each field, with one value for each datapoint of the block."""


class Opened(Generic[T]):
    """What a part opened for the dataset that is being read; let go of with the next one."""

    def __init__(self, open: Callable[[Dataset], T]) -> None:
        self._open = open
        self._kept: tuple[Dataset, T] | None = None

    def of(self, dataset: Dataset) -> T:
        if self._kept is None or self._kept[0] != dataset:
            self._kept = dataset, self._open(dataset)
        return self._kept[1]


def blocks_of(dataset: Dataset, rows: BitMap, *, size: int = LARGEST_BLOCK) -> Iterator[Block]:
    """The datapoints of these rows, without those that were deleted meanwhile."""
    numbers = bitmaps.rows_of(rows)
    for start in range(0, len(numbers), size):
        some = numbers[start : start + size]
        datapoints = Datapoint.objects.filter(dataset=dataset, row__gte=int(some[0]), row__lte=int(some[-1]))
        if some[-1] - some[0] + 1 > len(some):
            datapoints = datapoints.filter(row__in=some.tolist())
        facts = [Facts(*found) for found in datapoints.order_by("row").values_list(*LOOKUPS)]
        if facts:
            yield Block(dataset, np.array([fact.row for fact in facts], dtype=np.uint32), facts)


def block_size(bytes_a_row: int, *, budget: int = 32 * 1024 * 1024) -> int:
    """How many datapoints to read at once, so that their vectors fit into the budget."""
    return max(SMALLEST_BLOCK, min(LARGEST_BLOCK, budget // max(bytes_a_row, 1)))
