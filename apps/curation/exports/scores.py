from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from apps.analysis.models import ScoreSet
from apps.curation.exports.block import Block, Opened
from apps.datasets.columns import ColumnReader
from apps.datasets.models import Dataset


class ScorePart:
    """One score of one analysis: a number, or the word where it can only be one of some."""

    def __init__(self, sets: list[ScoreSet]) -> None:
        first = sets[0]
        self._sets = {each.dataset_id: each for each in sets}
        self._column = Opened(self._open)
        self._words = first.values and pa.array(first.values, type=pa.string())
        self._type = pa.string() if first.values else pa.float64()
        self.fields = [pa.field(f"score:{first.analysis.name}:{first.name}", self._type)]

    def read(self, block: Block) -> list[Any]:
        column = self._column.of(block.dataset)
        if column is None:
            return [pa.nulls(len(block.rows), self._type)]
        scores = column.read(block.rows)
        if self._words is None:
            return [pa.array(scores.values.astype(np.float64), mask=~scores.present)]
        return [self._words.take(pa.array(scores.values.astype(np.int64), mask=~scores.present))]

    def _open(self, dataset: Dataset) -> ColumnReader | None:
        found = self._sets.get(dataset.pk)
        return ColumnReader(found.column) if found else None


def score_parts(datasets: list[Dataset]) -> list[ScorePart]:
    """One part for each score, over all datasets that have it; those of the oldest analysis first."""
    by_name: dict[tuple[Any, str], list[ScoreSet]] = {}
    sets = ScoreSet.objects.filter(dataset__in=datasets).select_related("analysis", "column")
    for each in sets.order_by("analysis__created_at", "analysis", "name"):
        by_name.setdefault((each.analysis_id, each.name), []).append(each)
    return [ScorePart(each) for each in by_name.values()]
