"""Where the rows of a log go: existing datapoints by key, and new ones in the next rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from apps.datasets.bitmaps import Rows
from apps.datasets.log import table
from apps.datasets.log.batch import LogBatch, Mask
from apps.datasets.models import Dataset

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

    @property
    def added_count(self) -> int:
        return int(self.is_new.sum())


def resolve_target(batch: LogBatch, dataset: Dataset) -> Target:
    """Find the datapoints that the batch names, and number the new ones."""
    count = batch.row_count
    keys = batch.keys.to_pylist()
    places = {key: place for place, key in enumerate(keys)}
    stored = np.zeros((5, count), dtype=np.int64)
    is_new = np.ones(count, dtype=np.bool_)
    if dataset.next_row:
        found = table.find_datapoints(dataset.pk, keys)
        if found:
            at = np.fromiter((places[row[0]] for row in found), dtype=np.int64, count=len(found))
            stored[:, at] = np.array([[value or 0 for value in row[1:]] for row in found], dtype=np.int64).T
            is_new[at] = False
    rows = stored[0].astype(np.uint32)
    rows[is_new] = np.arange(dataset.next_row, dataset.next_row + int(is_new.sum()), dtype=np.uint32)
    _, datapoint_ids, resource_ids, category_ids, logged_category_ids = stored
    return Target(
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
