"""Which scores analyses give, and how they are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.models import Analysis, ScoreDirection, ScoreSet
from apps.common.errors import NotFound
from apps.datasets import bitmaps
from apps.datasets.bitmaps import Rows
from apps.datasets.columns import PendingSegment, append_segments, create_column, write_segments
from apps.datasets.columns.codec import DTYPES
from apps.datasets.models import ColumnKind, Dataset
from apps.storage.files import folder_of


@dataclass(frozen=True)
class ScoreKind:
    """What a score says, and which end of it asks to be looked at."""

    name: str
    title: str
    description: str
    direction: ScoreDirection
    unit: str = ""
    low: float | None = None
    high: float | None = None
    values: Sequence[str] | None = None

    @property
    def column_kind(self) -> ColumnKind:
        return ColumnKind.NUMBER if self.values is None else ColumnKind.INTEGER


DISTANCE = ScoreKind(
    name="distance",
    title="Distance to class",
    description="How far the vector lies from the category that the model inferred, compared with the nearest "
    "alternative: 0 in the middle of the category, 0.5 half-way, above that nearer to something else. High values ask "
    "to be looked at.",
    direction=ScoreDirection.HIGH_IS_BAD,
    low=0,
    high=1,
)
QUALITY = ScoreKind(
    name="quality",
    title="Quality",
    description="How many per cent of the reference's own datapoints of the inferred category lie farther from it. "
    "Low values ask to be looked at.",
    direction=ScoreDirection.LOW_IS_BAD,
    unit="%",
    low=0,
    high=100,
)
IOU = ScoreKind(
    name="iou",
    title="IoU",
    description="How far the box and its partner overlap: intersection over union. Of a box without a partner, the "
    "best overlap with any box of the other side. Low values ask to be looked at.",
    direction=ScoreDirection.LOW_IS_BAD,
    low=0,
    high=1,
)
STATUS = ScoreKind(
    name="status",
    title="Match",
    description="Matched: a found object and a ground-truth object that are partners. Spurious: a found object "
    "without a partner. Missed: a ground-truth object without a partner.",
    direction=ScoreDirection.HIGH_IS_BAD,
    values=("matched", "spurious", "missed"),
)


@dataclass(frozen=True)
class PendingScores:
    """Scores of one kind whose files are stored, but which belong to no score set yet."""

    kind: ScoreKind
    dataset: Dataset
    segments: Sequence[PendingSegment]


def write_scores(dataset: Dataset, kind: ScoreKind, rows: Rows, values: NDArray[Any]) -> PendingScores:
    """Store scores as files. No row names them yet, so this stands outside the transaction."""
    assert bool(np.isfinite(values).all()), f"{kind.name} is not finite"
    folder, dtype = folder_of(dataset.project_id), DTYPES[kind.column_kind]
    return PendingScores(kind, dataset, write_segments(folder, rows=rows, values=values, dtype=dtype))


def name_scores(analysis: Analysis, pending: Sequence[PendingScores]) -> None:
    """Write the rows that name the files. Must run inside a transaction."""
    existing = Dataset.objects.filter(deleted_at=None).in_bulk({each.dataset.pk for each in pending})
    for each in pending:
        if each.dataset.pk not in existing:
            raise NotFound(f"{each.dataset.name} was deleted meanwhile.")
        dataset = existing[each.dataset.pk]
        column = create_column(dataset=dataset, kind=each.kind.column_kind)
        append_segments(column, each.segments)
        facts = asdict(each.kind) | {"values": list(each.kind.values) if each.kind.values else None}
        # Datapoints may have gone since their scores were computed.
        count = len(bitmaps.load(column.present) & bitmaps.load(dataset.alive))
        ScoreSet.objects.create(analysis=analysis, dataset=dataset, column=column, score_count=count, **facts)
