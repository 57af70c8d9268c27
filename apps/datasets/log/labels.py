"""The label of a datapoint: what the source says, beside what people corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils import timezone

from apps.datasets.log import table
from apps.datasets.log.batch import LogBatch, Mask
from apps.datasets.log.columns import TEXT, ColumnRule
from apps.datasets.log.fields import logged_field
from apps.datasets.log.names import category_ids, check_category_column
from apps.datasets.log.target import Target
from apps.datasets.models import Upload


@dataclass(frozen=True)
class LabelPlan:
    changed: Mask

    def prepare(self, target: Target) -> None:
        if self.changed.any():
            target.dataset.label_version += 1

    def commit(self, target: Target) -> None:
        """Write the history of labels that datapoints had before. A first label at their birth is no change."""
        differs = (target.new_category_ids != target.category_ids) & ~target.is_new
        at = np.flatnonzero(differs)
        now = table.kept_time(timezone.now())
        assert target.action is not None, "a log that is committed has an action"
        action = table.kept_id(target.action)
        changes = zip(
            target.datapoint_ids[at].tolist(),
            target.category_ids[at].tolist(),
            target.new_category_ids[at].tolist(),
            strict=True,
        )
        table.insert_label_changes(
            (datapoint, before or None, after or None, None, True, action, "", now)
            for datapoint, before, after in changes
        )


@logged_field
class LabelField:
    """The same label again leaves a person's correction alone; another one becomes current, with history."""

    def rule_for(self, column: str, upload: Upload) -> ColumnRule | None:
        return TEXT if column == "label" else None

    def clears(self, word: str) -> bool:
        return word == "label"

    def check(self, batch: LogBatch, target: Target) -> None:
        check_category_column(batch, "label")
        batch.fail("label", batch.given("label") & batch.cleared("label"), "is both given and cleared.")

    def plan(self, batch: LogBatch, target: Target) -> LabelPlan | None:
        given, cleared = batch.given("label"), batch.cleared("label")
        if not (given.any() or cleared.any()):
            return None
        said: Any = category_ids(batch, "label", target) if given.any() else np.zeros(batch.row_count, dtype=np.int64)
        changed = (given | cleared) & (said != target.logged_category_ids)
        target.new_logged_category_ids[changed] = said[changed]
        target.new_category_ids[changed] = said[changed]
        return LabelPlan(changed=changed)
