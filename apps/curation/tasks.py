"""What would hold a request, or the database's writer, for long: labels of many datapoints, exports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from apps.common.errors import ChromaError, Conflict, NotFound
from apps.curation.exports.write import write_export
from apps.curation.imports.jobs import import_rows, inspect_file
from apps.curation.models import Export, Import, Selection
from apps.curation.services.deleting import delete_rows
from apps.curation.services.labelling import CHUNK, label_rows, record_labelling, record_undo, set_back
from apps.curation.services.selections import selected_rows
from apps.datasets import bitmaps
from apps.datasets.models import Category, LabelChange
from apps.jobs.leases import CancelRequested
from apps.jobs.models import Lane
from apps.jobs.registry import job
from apps.jobs.run import JobRun
from apps.projects.journal import record_change
from apps.projects.models import Role
from apps.storage.files import folder_of, store_file

PHASE = "Changing labels"
# Each part adds a segment to every column of the dataset, so parts are large.
DELETED_AT_ONCE = 20_000

M = TypeVar("M", bound=Model)


@job("set_label", lane=Lane.LIGHT)
def set_label(run: JobRun) -> None:
    """Label a selection part by part. Starting again skips what has the label already."""
    project, action, why = run.job.project, run.parameters.uuid("action"), run.parameters.text("why")
    selection = _named(run, "selection_id", Selection.objects.all())
    category = None if run.parameters.is_none("category_id") else _named(run, "category_id", Category.objects.all())
    parts = list(selected_rows(selection))
    total, done = sum(len(rows) for _, rows in parts), 0
    with _audited(run, action, partial(record_labelling, project=project, category=category)):
        for dataset, rows in parts:
            numbers = bitmaps.rows_of(rows)
            for start in range(0, len(numbers), CHUNK):
                some = bitmaps.of_rows(numbers[start : start + CHUNK])
                with run.transaction():
                    label_rows(actor=run.actor, dataset=dataset, rows=some, category=category, action=action, why=why)
                done += len(some)
                run.progress(PHASE, done, total)


@job("undo_label_change", lane=Lane.LIGHT)
def undo_label_change(run: JobRun) -> None:
    """Set labels back part by part. Starting again skips what was set back already."""
    project, undo_of, action = run.job.project, run.parameters.uuid("undo_of"), run.parameters.uuid("action")
    changes = LabelChange.objects.filter(action=undo_of, datapoint__dataset__project=project)
    total, done, last = changes.count(), 0, 0
    with _audited(run, action, partial(record_undo, project=project, undo_of=undo_of)):
        while part := list(changes.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
            first, last = part[0], part[-1]
            with run.transaction():
                set_back(actor=run.actor, changes=changes.filter(pk__gte=first, pk__lte=last), action=action)
            done += len(part)
            run.progress(PHASE, done, total)


@job("delete_datapoints", lane=Lane.LIGHT, at_least=None, is_cancellable=False)
def delete_datapoints(run: JobRun) -> None:
    """Delete a selection part by part. Starting again goes on with what is left."""
    selection = _named(run, "selection_id", Selection.objects.all())
    parts = list(selected_rows(selection))
    total, done = sum(len(rows) for _, rows in parts), 0
    for dataset, rows in parts:
        numbers = bitmaps.rows_of(rows)
        for start in range(0, len(numbers), DELETED_AT_ONCE):
            some = bitmaps.of_rows(numbers[start : start + DELETED_AT_ONCE])
            with run.transaction():
                delete_rows(dataset=dataset, rows=some)
            done += len(some)
            run.progress("Deleting datapoints", done, total)


@contextmanager
def _audited(run: JobRun, action: UUID, record: Callable[..., None]) -> Iterator[None]:
    """Write into the audit trail what the action did: when the job ends, and when it is stopped half way."""

    def write() -> None:
        record(actor=run.actor, action=action, count=LabelChange.objects.filter(action=action).count())

    try:
        yield
        with run.commit():
            write()
    except (CancelRequested, ChromaError):
        with run.afterword():
            write()
        raise


@job("export", lane=Lane.LIGHT, at_least=Role.VIEWER)
def export(run: JobRun) -> None:
    """Write an export to a file. Starting again writes it anew."""
    wanted = _named(run, "export_id", Export.objects.all())
    path = run.scratch.new_path()
    row_count = write_export(wanted, path, partial(run.progress, "Writing datapoints"))
    run.progress("Storing the file")
    written = store_file(folder_of(wanted.project_id), path)
    with run.commit():
        wanted.path, wanted.size, wanted.sha256 = written.path, written.size, written.sha256
        wanted.row_count = row_count
        wanted.save(update_fields=["path", "size", "sha256", "row_count"])
        record_change(wanted.project, kind="updated", target=wanted)


@job("inspect_import", lane=Lane.LIGHT)
def inspect_import(run: JobRun) -> None:
    """Look at a file that was sent."""
    inspect_file(run, _import_of(run))


@job("import", lane=Lane.LIGHT)
def import_file(run: JobRun) -> None:
    """Log a file that was sent, once all of its rows were checked."""
    import_rows(run, _import_of(run))


def _import_of(run: JobRun) -> Import:
    """The job's import, unless it was started anew since: then another job has it."""
    found = _named(run, "import_id", Import.objects.all())
    if found.job_id != run.job.pk:
        raise Conflict("The import was started anew since; run its newest job.")
    return found


def _named(run: JobRun, parameter: str, rows: QuerySet[M]) -> M:
    row = run.parameters.row(parameter, rows)
    if row is None:
        raise NotFound(f"The {rows.model._meta.verbose_name} was deleted before the job was done.")
    return row
