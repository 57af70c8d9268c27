"""Labels: the current one, what the source said, and who changed it, when, why."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import numpy as np
import pyarrow as pa

from apps.curation.exports.block import Block
from apps.curation.exports.categories import CategoryNames
from apps.curation.exports.json_text import json_field
from apps.datasets.models import LabelChange

CHANGED_AT = pa.timestamp("us", tz="UTC")


class LabelsPart:
    def __init__(self, names: CategoryNames) -> None:
        self._names = names
        self.fields = [
            pa.field("label", pa.string()),
            pa.field("logged_label", pa.string()),
            pa.field("label_changed_by", pa.string()),
            pa.field("label_changed_at", CHANGED_AT),
            pa.field("label_why", pa.string()),
            json_field("label_changes"),
        ]

    def read(self, block: Block) -> list[Any]:
        changes = _changes_of(block)
        last = [changes[fact.id][-1] if fact.id in changes else None for fact in block.facts]
        return [
            self._names.of(np.array([fact.category_id or 0 for fact in block.facts], dtype=np.int64)),
            self._names.of(np.array([fact.logged_category_id or 0 for fact in block.facts], dtype=np.int64)),
            pa.array([change and change.by_name for change in last], type=pa.string()),
            pa.array([change and change.at for change in last], type=CHANGED_AT),
            pa.array([change and change.why for change in last], type=pa.string()),
            pa.array([self._history(changes.get(fact.id)) for fact in block.facts], type=pa.string()),
        ]

    def _history(self, changes: list[Any] | None) -> str | None:
        """All changes of one datapoint, the oldest first, as JSON."""
        if not changes:
            return None
        history = [
            {
                "at": change.at.isoformat(),
                "by": change.by_name,
                "why": change.why,
                "from": self._names.name(change.from_category_id),
                "to": self._names.name(change.to_category_id),
            }
            for change in changes
        ]
        return json.dumps(history, ensure_ascii=False)


def _changes_of(block: Block) -> dict[int, list[Any]]:
    """The changes of the block's labels by datapoint, in order; `by_name` is null where the source changed it."""
    changes = LabelChange.objects.filter(
        datapoint__dataset=block.dataset,
        datapoint__row__gte=block.facts[0].row,
        datapoint__row__lte=block.facts[-1].row,
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for change in changes.order_by("pk").select_related("by"):
        change.by_name = change.by.username if change.by else None  # type: ignore[attr-defined]
        found[change.datapoint_id].append(change)
    return found
