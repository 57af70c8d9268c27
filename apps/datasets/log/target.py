"""Where the rows of a log go: existing datapoints by key, and new ones in the next rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from apps.datasets.bitmaps import Rows
from apps.datasets.log import table
from apps.datasets.log.batch import LogBatch, Mask
from apps.datasets.log.placement import Placement
from apps.datasets.models import DatapointRole, Dataset

Ids = NDArray[np.int64]


@dataclass
class Target:
    """The rows of a batch in the dataset, as the dataset is at one version. Ids are 0 where there is none."""

    dataset: Dataset
    keys: list[str]
    rows: Rows
    is_new: Mask
    datapoint_ids: Ids
    # What is stored now …
    resource_ids: Ids
    category_ids: Ids
    logged_category_ids: Ids
    # … and what will be; fields set these while they plan or, where rows must be made first, while they commit.
    new_resource_ids: Ids
    new_category_ids: Ids
    new_logged_category_ids: Ids
    # The ids of all categories that the batch names.
    categories: dict[str, int] = field(default_factory=dict)
    # Names this log in the history of labels.
    action: UUID | None = None
    # Of objects: where they are, which of those that exist are elsewhere now, and the rows of those that are gone.
    placement: Placement | None = None
    is_moved: Mask = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    gone: BitMap = field(default_factory=BitMap)

    @property
    def added_count(self) -> int:
        return int(self.is_new.sum())


def resolve_target(batch: LogBatch, dataset: Dataset, placement: Placement | None = None) -> Target:
    """Find the datapoints that the batch names, and number the new ones. Objects come with their placement."""
    count = batch.row_count
    keys = batch.keys.to_pylist()
    places = {key: place for place, key in enumerate(keys)}
    stored = np.zeros((5, count), dtype=np.int64)
    is_new = np.ones(count, dtype=np.bool_)
    if dataset.next_row:
        found = table.find_datapoints(dataset.pk, keys)
        if found:
            at = np.fromiter((places[row[0]] for row in found), dtype=np.int64, count=len(found))
            _check_roles(batch, at, [row[1] for row in found])
            stored[:, at] = np.array([[value or 0 for value in row[2:]] for row in found], dtype=np.int64).T
            is_new[at] = False
    rows = stored[0].astype(np.uint32)
    rows[is_new] = np.arange(dataset.next_row, dataset.next_row + int(is_new.sum()), dtype=np.uint32)
    _, datapoint_ids, resource_ids, category_ids, logged_category_ids = stored
    target = Target(
        dataset=dataset,
        keys=keys,
        rows=rows,
        is_new=is_new,
        datapoint_ids=datapoint_ids,
        resource_ids=resource_ids,
        category_ids=category_ids,
        logged_category_ids=logged_category_ids,
        new_resource_ids=resource_ids.copy(),
        new_category_ids=category_ids.copy(),
        new_logged_category_ids=logged_category_ids.copy(),
    )
    if placement is not None:
        _compare_objects(batch, target, placement)
    return target


def _check_roles(batch: LogBatch, places: NDArray[np.int64], roles: Sequence[str]) -> None:
    """Refuse keys of contexts in a log of objects, and the other way round."""
    wrong = np.zeros(batch.row_count, dtype=np.bool_)
    wrong[places] = [role != batch.upload.role for role in roles]
    if batch.upload.role == DatapointRole.OBJECT:
        batch.fail("key", wrong, "is the key of a context; objects need keys of their own.")
    batch.fail("key", wrong, "is the key of an object; objects are logged with the role 'object'.")


def _compare_objects(batch: LogBatch, target: Target, placement: Placement) -> None:
    """Find what the parents have of this source, so that the log replaces it."""
    stored = {row: rest for row, *rest in table.find_objects(placement.named_parents, placement.source)}
    elsewhere = np.zeros(batch.row_count, dtype=np.bool_)
    is_moved = np.zeros(batch.row_count, dtype=np.bool_)
    for place in np.flatnonzero(~target.is_new):
        _, parent_id, region = stored.pop(int(target.rows[place]), (0, 0, "[]"))
        elsewhere[place] = parent_id != placement.parent_ids[place]
        is_moved[place] = json.loads(region) != placement.regions[place].tolist()
    batch.fail("key", elsewhere, "is the key of an object of another parent or source.")
    target.placement, target.is_moved, target.gone = placement, is_moved, BitMap(stored)
    target.new_resource_ids = placement.resource_ids.copy()
