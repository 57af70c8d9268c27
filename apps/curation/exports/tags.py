from __future__ import annotations

from typing import Any

import pyarrow as pa
from pyroaring import BitMap

from apps.curation.exports.block import Block, Opened
from apps.datasets import bitmaps
from apps.datasets.models import Dataset, TagMembership


class TagsPart:
    """The names of each datapoint's tags, by name."""

    fields = [pa.field("tags", pa.list_(pa.string()), nullable=False)]

    def __init__(self) -> None:
        self._tags = Opened(_tags_of)

    def read(self, block: Block) -> list[Any]:
        wanted = bitmaps.of_rows(block.rows)
        tags: dict[int, list[str]] = {int(row): [] for row in block.rows}
        for name, rows in self._tags.of(block.dataset):
            for row in rows & wanted:
                tags[row].append(name)
        return [pa.array(list(tags.values()), type=pa.list_(pa.string()))]


def _tags_of(dataset: Dataset) -> list[tuple[str, BitMap]]:
    memberships = TagMembership.objects.filter(dataset=dataset, datapoint_count__gt=0)
    pairs = memberships.order_by("tag__name").values_list("tag__name", "rows")
    return [(name, bitmaps.load(rows)) for name, rows in pairs]
