"""Adding to a column: files first, outside any transaction; then, inside one, the rows that name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction
from pyroaring import BitMap

from apps.datasets import bitmaps
from apps.datasets.bitmaps import Rows
from apps.datasets.columns.codec import DTYPES, TEXT_DTYPE, Values, encode
from apps.datasets.models import Column, ColumnKind, Dataset, Segment
from apps.storage.files import WrittenFile, folder_of, write_file

# Large enough to be read at the disk's speed, small enough that few rows cost little.
VECTORS_A_SEGMENT = 4096


@dataclass(frozen=True)
class PendingSegment:
    """A segment whose file is stored but which belongs to no column yet."""

    file: WrittenFile
    dtype: str
    rows: BitMap


def create_column(*, dataset: Dataset, kind: ColumnKind, dtype: str | None = None, width: int = 1) -> Column:
    return Column.objects.create(dataset=dataset, kind=kind, dtype=dtype or DTYPES[kind], width=width)


def write_segments(folder: str, *, rows: Rows, values: Values, dtype: str) -> list[PendingSegment]:
    """Store the values of distinct rows, in whatever order they come, as files of segments."""
    if len(rows) == 0:
        return []
    if not bool(np.all(rows[1:] > rows[:-1])):
        order = np.argsort(rows)
        rows, values = rows[order], values.take(order) if dtype == TEXT_DTYPE else values[order]
    step = VECTORS_A_SEGMENT if dtype != TEXT_DTYPE and values.ndim == 2 else len(rows)
    return [
        PendingSegment(
            file=write_file(folder, encode(values[start : start + step], dtype)),
            dtype=dtype,
            rows=bitmaps.of_rows(rows[start : start + step]),
        )
        for start in range(0, len(rows), step)
    ]


def append_segments(column: Column, pending: Sequence[PendingSegment], *, cleared: BitMap | None = None) -> None:
    """Make the segments the column's next version, and take away the values of the cleared rows.

    The rows of one append are distinct from each other and from the cleared ones. Must run inside a transaction.
    """
    if not pending and not cleared:
        return
    stored = Column.objects.select_for_update().get(pk=column.pk)
    column.version = stored.version + 1
    present = bitmaps.load(stored.present)
    segments = [_segment(column, segment) for segment in pending]
    for segment in pending:
        present |= segment.rows
    if cleared:
        present -= cleared
        segments.append(_clearing(column, cleared))
    Segment.objects.bulk_create(segments)
    column.present = bitmaps.dump(present)
    column.save(update_fields=["version", "present"])


@transaction.atomic
def append_values(column: Column, rows: Rows, values: Values, *, cleared: BitMap | None = None) -> None:
    """Store values and name them in one go, for callers that have no larger transaction."""
    folder = folder_of(column.dataset.project_id)
    append_segments(column, write_segments(folder, rows=rows, values=values, dtype=column.dtype), cleared=cleared)


def _segment(column: Column, pending: PendingSegment) -> Segment:
    return Segment(
        column=column,
        version=column.version,
        dtype=pending.dtype,
        rows=bitmaps.dump(pending.rows),
        row_count=len(pending.rows),
        path=pending.file.path,
        size=pending.file.size,
        sha256=pending.file.sha256,
    )


def _clearing(column: Column, cleared: BitMap) -> Segment:
    """A segment that only removes: it has no file."""
    return Segment(
        column=column,
        version=column.version,
        dtype=column.dtype,
        rows=b"",
        row_count=0,
        cleared=bitmaps.dump(cleared),
        path="",
        size=0,
        sha256="",
    )
