"""Taking single datapoints out of a dataset that stays."""

from __future__ import annotations

from collections.abc import Callable

from pyroaring import BitMap

from apps.datasets import bitmaps
from apps.datasets.columns import append_segments
from apps.datasets.erasing import erase_datapoints
from apps.datasets.living import drop_rows
from apps.datasets.models import Dataset, TagMembership
from apps.projects.journal import record_change

# Apps to the right that count rows of a dataset count anew when some have gone.
_counters: list[Callable[[Dataset], None]] = []


def after_removing(count: Callable[[Dataset], None]) -> Callable[[Dataset], None]:
    """Register what to do once rows of a dataset are gone; in the same transaction."""
    _counters.append(count)
    return count


def remove_rows(dataset: Dataset, rows: BitMap) -> BitMap:
    """Delete datapoints with the objects inside them, their values in every column, their tags and their history.

    Must run inside a transaction that holds the locks of dataset and project. The caller saves the dataset, with a new
    version, and tells open browsers. A row is never given again, so nothing else has to forget it. Returns the rows
    that are gone.
    """
    rows = rows | _inside(dataset, rows)
    _clear_values(dataset, rows)
    _take_off_tags(dataset, rows)
    erase_datapoints(dataset.datapoints.filter(row__among=bitmaps.rows_of(rows).tolist()))
    drop_rows(dataset, rows)
    for count in _counters:
        count(dataset)
    return rows


def _inside(dataset: Dataset, rows: BitMap) -> BitMap:
    """The objects inside those of the rows that are contexts."""
    contexts = rows - bitmaps.load(dataset.object_rows)
    if not contexts or not dataset.object_count:
        return BitMap()
    parents = dataset.datapoints.filter(row__among=list(contexts)).values("pk")
    return BitMap(dataset.datapoints.filter(parent__in=parents).values_list("row", flat=True))


def _clear_values(dataset: Dataset, rows: BitMap) -> None:
    for column in dataset.columns.all():
        append_segments(column, [], cleared=bitmaps.load(column.present) & rows)


def _take_off_tags(dataset: Dataset, rows: BitMap) -> None:
    for membership in TagMembership.objects.filter(dataset=dataset, datapoint_count__gt=0).select_related("tag"):
        before = bitmaps.load(membership.rows)
        after = before - rows
        if after != before:
            membership.rows, membership.datapoint_count = bitmaps.dump(after), len(after)
            membership.version += 1
            membership.save()
            record_change(dataset.project, kind="tagged", target=membership.tag, version=membership.version)
