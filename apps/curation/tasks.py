"""What would hold a request, or the database's writer, for long: labels of many datapoints, exports."""

from __future__ import annotations

from functools import partial
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from apps.common.errors import NotFound
from apps.curation.exports.write import write_export
from apps.curation.models import Export, Selection
from apps.curation.services.labelling import CHUNK, label_rows, set_back
from apps.curation.services.selections import selected_rows
from apps.datasets import bitmaps
from apps.datasets.models import Category, LabelChange
from apps.jobs.models import Lane
from apps.jobs.registry import job
from apps.jobs.run import JobRun
from apps.projects.journal import record_change
from apps.projects.models import Role
from apps.storage.files import folder_of, store_file

PHASE = "Changing labels"

M = TypeVar("M", bound=Model)


@job("set_label", lane=Lane.LIGHT)
def set_label(run: JobRun) -> None:
    """Label a selection part by part. Starting again skips what has the label already."""
    selection = _found(Selection.objects.filter(pk=run.parameters["selection_id"], project=run.job.project))
    category_id = run.parameters["category_id"]
    category = _found(Category.objects.filter(pk=category_id, project=run.job.project)) if category_id else None
    parts = list(selected_rows(selection))
    total, done = sum(len(rows) for _, rows in parts), 0
    for dataset, rows in parts:
        numbers = bitmaps.rows_of(rows)
        for start in range(0, len(numbers), CHUNK):
            some = bitmaps.of_rows(numbers[start : start + CHUNK])
            with run.transaction():
                label_rows(
                    actor=run.actor,
                    dataset=dataset,
                    rows=some,
                    category=category,
                    action=UUID(run.parameters["action"]),
                    why=run.parameters["why"],
                )
            done += len(some)
            run.progress(PHASE, done, total)


@job("undo_label_change", lane=Lane.LIGHT)
def undo_label_change(run: JobRun) -> None:
    """Set labels back part by part. Starting again skips what was set back already."""
    changes = LabelChange.objects.filter(action=run.parameters["undo_of"], datapoint__dataset__project=run.job.project)
    total, done, last = changes.count(), 0, 0
    while part := list(changes.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        first, last = part[0], part[-1]
        with run.transaction():
            set_back(
                actor=run.actor,
                changes=changes.filter(pk__gte=first, pk__lte=last),
                action=UUID(run.parameters["action"]),
            )
        done += len(part)
        run.progress(PHASE, done, total)


@job("export", lane=Lane.LIGHT, at_least=Role.VIEWER)
def export(run: JobRun) -> None:
    """Write an export to a file. Starting again writes it anew."""
    wanted = _found(Export.objects.filter(pk=run.parameters["export_id"], project=run.job.project))
    path = run.scratch.new_path()
    row_count = write_export(wanted, path, partial(run.progress, "Writing datapoints"))
    run.progress("Storing the file")
    written = store_file(folder_of(wanted.project_id), path)
    with run.commit():
        wanted.path, wanted.size, wanted.sha256 = written.path, written.size, written.sha256
        wanted.row_count = row_count
        wanted.save(update_fields=["path", "size", "sha256", "row_count"])
        record_change(wanted.project, kind="updated", target=wanted)


def _found(rows: QuerySet[M]) -> M:
    row = rows.first()
    if row is None:
        raise NotFound(f"The {rows.model._meta.verbose_name} was deleted before the job was done.")
    return row
