from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from apps.analysis.models import ScoreSet
from apps.datasets.bitmaps import Rows
from apps.datasets.columns import read_rows
from apps.datasets.page_facts import page_fact


@dataclass(frozen=True)
class ScoreOf:
    """What a score set says of one datapoint: a number, and its name where the score is enumerated."""

    score_set: ScoreSet
    value: float

    @property
    def text(self) -> str | None:
        values: list[str] | None = self.score_set.values
        return values[int(self.value)] if values is not None else None


@page_fact("scores")
def scores_of(dataset_id: UUID, rows: Rows) -> Mapping[int, list[ScoreOf]]:
    """One score of each row for every score set that has one, those of the newest analysis first."""
    found: dict[int, list[ScoreOf]] = defaultdict(list)
    sets = ScoreSet.objects.filter(dataset=dataset_id).select_related("column", "analysis")
    for score_set in sets.order_by("-analysis__created_at", "analysis", "name"):
        column = read_rows(score_set.column, rows)
        for row, value, is_there in zip(rows.tolist(), column.values.tolist(), column.present.tolist(), strict=True):
            if is_there:
                found[row].append(ScoreOf(score_set, float(value)))
    return found
