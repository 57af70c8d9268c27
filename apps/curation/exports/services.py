from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.common.errors import BadUserInput, Forbidden, LimitExceeded
from apps.curation.exports.scope import Scope, facts_of
from apps.curation.models import Export, ExportFormat, ExportRows, Selection
from apps.curation.services.selections import selected_rows
from apps.datasets import bitmaps
from apps.embeddings.models import EmbeddingSet
from apps.jobs.models import Job
from apps.jobs.services import enqueue_job, request_cancel
from apps.projects import access
from apps.projects.journal import record_audit, record_change
from apps.projects.models import Project, Role

LIFETIME = timedelta(days=7)
MOST_EMBEDDING_SETS = 20
EMBEDDING_SETS = "embeddingSetIds"
MOST_EXPORTS = 1_000
# Of one person: viewers export, too, and must not keep the jobs of others waiting.
MOST_WAITING = 20
EXTENSIONS = {ExportFormat.COCO: "coco.json", ExportFormat.KEYS: "txt"}
# What no file name should hold, on any system.
UNSAFE = re.compile(r"[^\w.-]+")


@transaction.atomic
def create_export(
    *,
    actor: Actor,
    scope: Scope,
    format: ExportFormat,
    embedding_sets: Sequence[EmbeddingSet] = (),
    include_objects: bool = True,
    spreadsheet_safe: bool = False,
) -> Export:
    """Start the job that writes datapoints to a file, which is kept for a week. Who may read them may export them."""
    actor.require_write()
    project = scope.project
    _check_embedding_sets(project, embedding_sets)
    if Export.objects.filter(project=project, expires_at__gt=timezone.now()).count() >= MOST_EXPORTS:
        raise LimitExceeded(f"This project has {MOST_EXPORTS:,} exports; delete some first.")
    waiting = Job.objects.active().filter(project=project, requested_by=actor.user, kind="export")
    if waiting.count() >= MOST_WAITING:
        raise LimitExceeded(f"You have {MOST_WAITING} exports queued or running; wait until some are done.")
    facts = facts_of(scope)
    export = Export.objects.create(
        project=project,
        format=format,
        scope={
            **facts,
            "embedding_sets": [{"id": str(each.pk), "name": str(each)} for each in embedding_sets],
            "include_objects": include_objects,
            "spreadsheet_safe": spreadsheet_safe,
        },
        file_name=_file_name(project, scope, format),
        created_by=actor.user,
        expires_at=timezone.now() + LIFETIME,
        path="",
        size=0,
        sha256="",
    )
    if isinstance(scope, Selection):
        ExportRows.objects.bulk_create(
            ExportRows(export=export, dataset=dataset, rows=bitmaps.dump(rows))
            for dataset, rows in selected_rows(scope)
        )
    export.job = enqueue_job(
        actor=actor,
        project=project,
        kind="export",
        title=f"Export {export.file_name}",
        parameters={"export_id": str(export.pk)},
        target=export,
    )
    export.save(update_fields=["job"])
    record_audit(
        actor=actor, project=project, action="exported", target=export, after={"format": format.value, **facts}
    )
    record_change(project, kind="created", target=export)
    return export


@transaction.atomic
def delete_export(*, actor: Actor, export: Export) -> None:
    """Delete one's own export, or as an editor anybody's. Its file goes with the next collection of garbage."""
    actor.require_write()
    if export.created_by_id != actor.user.pk and access.role_in(actor, export.project_id) == Role.VIEWER:
        raise Forbidden("Your role is viewer; editor or owner is needed to delete what others exported.")
    if export.job is not None:
        request_cancel(export.job)
    record_audit(actor=actor, project=export.project, action="deleted", target=export)
    record_change(export.project, kind="deleted", target=export)
    export.delete()


def _check_embedding_sets(project: Project, embedding_sets: Sequence[EmbeddingSet]) -> None:
    shapes: dict[object, tuple[str, int]] = {}
    for each in embedding_sets:
        if each.dataset.project_id != project.pk:
            raise BadUserInput("An embedding set is of another project.", field=EMBEDDING_SETS)
        shape = (each.vectors.dtype, each.dimension)
        if shapes.setdefault(each.layer_id, shape) != shape:
            raise BadUserInput(
                f"The vectors of the layer {each.layer.name!r} differ between datasets in dimension or type: "
                "export these datasets one by one.",
                field=EMBEDDING_SETS,
            )


def _file_name(project: Project, scope: Scope, format: ExportFormat) -> str:
    what = "selection" if isinstance(scope, Selection) else scope.name
    name = "-".join(UNSAFE.sub("_", part).strip("._-")[:60] or "data" for part in (project.name, what))
    return f"{name}-{timezone.now():%Y%m%d-%H%M}.{EXTENSIONS.get(format, format.value)}"
