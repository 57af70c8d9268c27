"""Logging where objects are, and taking away those that are no longer there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pyroaring import BitMap

from apps.datasets.log import table
from apps.datasets.log.batch import LogBatch, Mask
from apps.datasets.log.columns import TEXT, ColumnRule, is_vector
from apps.datasets.log.fields import PlanOutdated, logged_field
from apps.datasets.log.placement import Placement, region_json
from apps.datasets.log.sources import sources
from apps.datasets.log.target import Target
from apps.datasets.models import DatapointRole, Upload
from apps.datasets.removing import remove_rows

FLOATS = (pa.float32(), pa.float64())
COLUMNS = {
    "parent": TEXT,
    "box": ColumnRule(lambda kind: is_vector(kind, 4, FLOATS), "fixed_size_list<float64>[4]"),
    "image_size": ColumnRule(lambda kind: is_vector(kind, 2, FLOATS), "fixed_size_list<float64>[2]"),
}


@dataclass(frozen=True)
class ObjectPlan:
    changed: Mask
    upload: Upload
    placement: Placement
    # Rows of objects that the source no longer names.
    gone: BitMap

    def prepare(self, target: Target) -> None:
        """Make the trained model that found the objects, where it is new."""
        if self.placement.model_id is None:
            return
        found = sources().find(self.upload)
        if found is None and self.placement.is_new_model:
            found = sources().make(self.upload, self.placement.model_id)
        if found != self.placement.model_id:
            raise PlanOutdated

    def commit(self, target: Target) -> None:
        at = np.flatnonzero(self.changed)
        regions = self.placement.regions
        table.update_regions([(region_json(regions[place]), int(target.datapoint_ids[place])) for place in at])
        if self.gone:
            remove_rows(target.dataset, self.gone)


@logged_field
class ObjectField:
    """Sessions of objects alone have these columns; `placement` has checked them."""

    def rule_for(self, column: str, upload: Upload) -> ColumnRule | None:
        return COLUMNS.get(column) if upload.role == DatapointRole.OBJECT else None

    def clears(self, word: str) -> bool:
        return False

    def check(self, batch: LogBatch, target: Target) -> None:
        """Nothing is left to check where boxes were placed."""

    def plan(self, batch: LogBatch, target: Target) -> ObjectPlan | None:
        if target.placement is None:
            return None
        return ObjectPlan(target.is_moved, batch.upload, target.placement, target.gone)
