"""What a log changes in one column: compare first, and append only what differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyroaring import BitMap

from apps.datasets import bitmaps
from apps.datasets.columns import PendingSegment, append_segments, read_rows, write_segments
from apps.datasets.columns.codec import TEXT_DTYPE, Values
from apps.datasets.log.batch import Mask, as_mask
from apps.datasets.log.fields import PlanOutdated
from apps.datasets.log.target import Target
from apps.datasets.models import Column
from apps.storage.files import folder_of


@dataclass(frozen=True)
class ColumnPlan:
    """Segments that wait to be appended, and rows that lose their value."""

    changed: Mask
    pending: Sequence[PendingSegment]
    cleared: BitMap

    def __bool__(self) -> bool:
        return bool(self.pending or self.cleared)

    def commit(self, column: Column) -> None:
        try:
            append_segments(column, self.pending, cleared=self.cleared)
        except Column.DoesNotExist as problem:
            raise PlanOutdated from problem


def plan_column(
    target: Target, column: Column | None, *, dtype: str, values: Values | None, given: Mask, cleared: Mask
) -> ColumnPlan:
    """Compare what is given with what the column holds (None: it does not exist yet) and write what differs to files.

    `values` has one value for each row of the batch; those of rows that are not given do not matter.
    """
    changed = given & ~_same(target, column, values, given) if values is not None else given & False
    pending = []
    if changed.any():
        everything = bool(changed.all())
        rows = target.rows if everything else target.rows[changed]
        differing = values if everything else _chosen(values, changed, dtype)
        pending = write_segments(folder_of(target.dataset.project_id), rows=rows, values=differing, dtype=dtype)
    lost = BitMap()
    if column is not None and cleared.any():
        lost = bitmaps.of_rows(target.rows[cleared]) & bitmaps.load(column.present)
        changed = changed | (cleared & np.isin(target.rows, bitmaps.rows_of(lost)))
    return ColumnPlan(changed, pending, lost)


def same_bits(left: NDArray[Any], right: NDArray[Any]) -> Mask:
    """Which values are equal to the last bit, so that -0.0 and 0.0 differ."""
    bits = f"u{left.dtype.itemsize}"
    equal = np.ascontiguousarray(left).view(bits) == np.ascontiguousarray(right).view(bits)
    same: Mask = equal if equal.ndim == 1 else equal.all(axis=1)
    return same


def _same(target: Target, column: Column | None, values: Values, given: Mask) -> Mask:
    """Which rows of the batch hold this very value already."""
    same = np.zeros(len(target.rows), dtype=np.bool_)
    if column is None or not column.version:
        return same
    asked = given & ~target.is_new
    if not asked.any():
        return same
    stored = read_rows(column, target.rows[asked])
    if column.dtype == TEXT_DTYPE:
        equal = as_mask(pc.equal(stored.values, _chosen(values, asked, TEXT_DTYPE).cast(stored.values.type)))
    else:
        equal = same_bits(stored.values, values[asked])
    same[asked] = stored.present & equal
    return same


def _chosen(values: Values, mask: Mask, dtype: str) -> Values:
    return values.filter(mask) if dtype == TEXT_DTYPE else values[mask]
