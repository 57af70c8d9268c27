"""What must hold of a database and its files at any moment, whatever broke before: `broken()` says what does not.

It only reads, and works on any installation that Django is set up for: a test's, or one restored from a backup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db import connection
from django.db.models import Count, F, Max, Min, Q

from apps.curation.models import Export, Import, ImportState, SelectionRows
from apps.datasets import bitmaps
from apps.datasets.models import (
    Category,
    Datapoint,
    DatapointRole,
    Dataset,
    LabelChange,
    SliceRows,
    TagMembership,
    Upload,
    UploadState,
)
from apps.jobs.models import Job, JobState
from apps.projects.models import Change, Membership, Project, Role
from tests.truth.stored import broken_columns, broken_files, broken_maps


def check_invariants(acknowledged: dict[Dataset, set[str]] | None = None) -> None:
    """Fail with everything that does not hold."""
    found = [*broken(), *_lost(acknowledged or {})]
    assert not found, "\n".join(found)


def broken() -> Iterator[str]:
    """A sentence for each thing that does not hold."""
    yield from broken_tables()
    for dataset in Dataset.objects.filter(deleted_at=None):
        yield from _broken_rows(dataset)
    yield from _broken_labels()
    yield from _broken_counts()
    yield from broken_columns()
    yield from broken_maps()
    yield from broken_files()
    yield from _broken_sessions()
    yield from _broken_jobs()
    yield from _broken_feed()


def broken_tables() -> Iterator[str]:
    """What the database says of itself."""
    if connection.vendor != "sqlite":
        return  # PostgreSQL checks its constraints by itself
    with connection.cursor() as cursor:
        [[verdict], *_] = cursor.execute("PRAGMA integrity_check").fetchall()
        if verdict != "ok":
            yield f"the database is damaged: {verdict}"
        for table, row, target, _ in cursor.execute("PRAGMA foreign_key_check").fetchall():
            yield f"row {row} of {table} names a row of {target} that is not there"


def _lost(acknowledged: dict[Dataset, set[str]]) -> Iterator[str]:
    for dataset, keys in acknowledged.items():
        stored = set(Datapoint.objects.filter(dataset=dataset).values_list("key", flat=True))
        if missing := keys - stored:
            yield f"{len(missing)} acknowledged datapoints of {dataset} are lost, such as {min(missing)}"


def _broken_rows(dataset: Dataset) -> Iterator[str]:
    """The rows of a dataset, its bitmaps and its counts say the same."""
    roles = dict(Datapoint.objects.filter(dataset=dataset).values_list("row", "role"))
    objects = {row for row, role in roles.items() if role == DatapointRole.OBJECT}
    alive, object_rows = set(bitmaps.load(dataset.alive)), set(bitmaps.load(dataset.object_rows))
    if alive != set(roles):
        yield f"{dataset}: {len(alive)} rows are alive, {len(roles)} datapoints are there"
    if object_rows != objects:
        yield f"{dataset}: {len(object_rows)} rows are objects, {len(objects)} such datapoints are there"
    counts = dataset.datapoint_count, dataset.object_count
    if counts != (len(roles) - len(objects), len(objects)):
        yield f"{dataset}: counts {counts}, but has {len(roles) - len(objects)} contexts and {len(objects)} objects"
    if dataset.next_row < max(alive, default=-1) + 1:
        yield f"{dataset}: its next row is {dataset.next_row}, which is taken"
    strays = Datapoint.objects.filter(dataset=dataset).exclude(parent=None).exclude(parent__dataset=dataset)
    if strays.exists():
        yield f"{dataset}: an object lies in a datapoint of another dataset"


def _broken_labels() -> Iterator[str]:
    foreign = Datapoint.objects.exclude(category=None).exclude(category__project=F("dataset__project"))
    if foreign.exists():
        yield f"{foreign.count()} datapoints have a label of another project"
    newest = LabelChange.objects.values("datapoint").annotate(last=Max("pk")).values("last")
    for change in LabelChange.objects.filter(pk__in=newest).exclude(to_category=F("datapoint__category")):
        if change.to_category_id != change.datapoint.category_id and Category.objects.count():
            yield f"the label of {change.datapoint} is not the one of its last change"


def _broken_counts() -> Iterator[str]:
    """Tags, slices and selections count what they hold, within the dataset that they name."""
    for held in [*TagMembership.objects.select_related("dataset", "tag"), *SliceRows.objects.select_related("dataset")]:
        rows = bitmaps.load(held.rows)
        if len(rows) != held.datapoint_count:
            yield f"{type(held).__name__} {held.pk} counts {held.datapoint_count}, but holds {len(rows)}"
        is_tag = isinstance(held, TagMembership) and held.dataset.deleted_at is None
        if is_tag and not rows <= bitmaps.load(held.dataset.alive):
            yield f"the tag {held.tag} is on datapoints of {held.dataset} that are not there"
    for part in SelectionRows.objects.select_related("dataset"):
        if max(bitmaps.load(part.rows), default=-1) >= part.dataset.next_row:
            yield f"selection {part.selection_id} has rows that {part.dataset} never had"


def _broken_sessions() -> Iterator[str]:
    """An upload is open and says nothing, or is committed, has its report and no chunks left."""
    uploads = Upload.objects.annotate(chunk_count=Count("chunks"))
    for upload in uploads.filter(state=UploadState.COMMITTED).filter(Q(report=None) | Q(chunk_count__gt=0)):
        yield f"upload {upload.key} is committed with {upload.chunk_count} chunks and the report {upload.report}"
    for upload in uploads.filter(state=UploadState.COMMITTED).exclude(report=None):
        told = sum(upload.report.get(name, 0) for name in ("added", "updated", "unchanged"))
        if told != upload.row_count:
            yield f"upload {upload.key} declared {upload.row_count} rows and reports {told}"
    for upload in uploads.filter(state=UploadState.OPEN).exclude(report=None):
        yield f"upload {upload.key} is open and has a report"
    for done in Import.objects.filter(state=ImportState.DONE):
        if done.report is None or (done.dataset_id is None and Dataset.objects.filter(project=done.project).exists()):
            yield f"import {done.file_name} is done without a report"
    for export in Export.objects.exclude(row_count=None).filter(path=""):
        yield f"export {export.file_name} counts {export.row_count} rows and has no file"


def _broken_jobs() -> Iterator[str]:
    for job in Job.objects.all():
        runs, is_held = job.state == JobState.RUNNING, job.lease is not None and job.lease_until is not None
        if runs != is_held:
            yield f"job {job.title} is {job.state} with the lease {job.lease} until {job.lease_until}"
        if job.state in {JobState.QUEUED, JobState.RUNNING} and job.finished_at is not None:
            yield f"job {job.title} is {job.state} and was finished at {job.finished_at}"


def _broken_feed() -> Iterator[str]:
    """Every project's changes are numbered without a gap up to its newest, and somebody owns it."""
    for project in Project.objects.filter(deleted_at=None):
        seqs = Change.objects.filter(project=project).aggregate(low=Min("seq"), high=Max("seq"), count=Count("pk"))
        if seqs["count"] and (seqs["high"], seqs["count"]) != (project.last_seq, seqs["high"] - seqs["low"] + 1):
            found = f"{seqs['count']} changes from {seqs['low']} to {seqs['high']}"
            yield f"{project}: {found}, the newest is {project.last_seq}"
        owners = Membership.objects.filter(project=project, role=Role.OWNER).exclude(accepted_at=None)
        if not owners.exists() and Membership.objects.filter(project=project).exists():
            yield f"{project} has members and no owner"
    twice = [pair for pair, count in Counter(Membership.objects.values_list("project", "user")).items() if count > 1]
    if twice:
        yield f"{len(twice)} people are members of a project twice"
