"""Whether counts and bitmaps say what the rows say."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F
from pyroaring import BitMap

from apps.datasets import bitmaps
from apps.datasets.models import Datapoint, DatapointRole, Dataset, SliceRows, TagMembership
from chroma_site.keeping.doctor.findings import Finding, problem

REPORT = "Nothing is lost by it, but it should not be: keep a backup and report it with this output."
ROWS_AT_ONCE = 10_000


def check_datapoints() -> Iterator[Finding]:
    for dataset in Dataset.objects.filter(deleted_at=None).select_related("project").iterator():
        yield from _dataset(dataset)


def check_tags() -> Iterator[Finding]:
    memberships = TagMembership.objects.filter(dataset__deleted_at=None).select_related("tag", "dataset__project")
    for membership in memberships.iterator():
        rows, where = bitmaps.load(membership.rows), f"{_name(membership.dataset)}: the tag “{membership.tag.name}”"
        if len(rows) != membership.datapoint_count:
            yield problem(f"{where} counts {membership.datapoint_count:,} datapoints and has {len(rows):,}.", REPORT)
        if lost := rows - bitmaps.load(membership.dataset.alive):
            yield problem(f"{where} is on {len(lost):,} datapoints that are not there.", REPORT)
    for part in SliceRows.objects.select_related("slice").iterator():
        if (count := len(bitmaps.load(part.rows))) != part.datapoint_count:
            told = f"the slice “{part.slice.name}” counts {part.datapoint_count:,} datapoints and has {count:,}"
            yield problem(f"In project {part.slice.project_id}, {told}.", REPORT)


def check_labels() -> Iterator[Finding]:
    for field in ("category", "logged_category"):
        foreign = Datapoint.objects.exclude(**{field: None}).exclude(**{f"{field}__project": F("dataset__project")})
        if count := foreign.order_by().count():
            yield problem(f"{count:,} datapoints have a {field.replace('_', ' ')} of another project.", REPORT)


def _dataset(dataset: Dataset) -> Iterator[Finding]:
    alive, objects = bitmaps.load(dataset.alive), bitmaps.load(dataset.object_rows)
    there = _rows(dataset, DatapointRole.CONTEXT), _rows(dataset, DatapointRole.OBJECT)
    if alive != there[0] | there[1] or objects != there[1]:
        told = f"{len(there[0]) + len(there[1]):,} datapoints, {len(there[1]):,} of them objects"
        yield problem(
            f"{_name(dataset)}: its bitmaps have {len(alive):,} rows, {len(objects):,} of them objects; "
            f"the database has {told}.",
            REPORT,
        )
    if (dataset.datapoint_count, dataset.object_count) != (len(alive) - len(objects), len(objects)):
        yield problem(
            f"{_name(dataset)}: it counts {dataset.datapoint_count:,} datapoints and {dataset.object_count:,} objects, "
            f"and has {len(alive) - len(objects):,} and {len(objects):,}.",
            REPORT,
        )
    if alive and alive.max() >= dataset.next_row:
        yield problem(f"{_name(dataset)}: its next row, {dataset.next_row:,}, was given already.", REPORT)


def _rows(dataset: Dataset, role: DatapointRole) -> BitMap:
    rows = dataset.datapoints.filter(role=role).order_by().values_list("row", flat=True)
    return BitMap(rows.iterator(chunk_size=ROWS_AT_ONCE))


def _name(dataset: Dataset) -> str:
    return f"{dataset.project}, dataset “{dataset.name}”"
