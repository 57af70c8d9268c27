from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.common.errors import Conflict, NotFound
from apps.common.names import clean_name
from apps.curation.column_names import ModelName
from apps.curation.imports.passes import DEFAULT
from apps.curation.imports.plan import make_plan
from apps.curation.models import Import, ImportState
from apps.datasets.models import Dataset, DatasetKind
from apps.jobs.services import enqueue_job, request_cancel
from apps.projects.journal import record_audit, record_change
from apps.storage.staging import drop_staged

STARTABLE = {ImportState.READY, ImportState.FAILED}


@transaction.atomic
def start_import(
    *,
    actor: Actor,
    import_file: Import,
    dataset_name: str,
    dataset_kind: DatasetKind | None,
    mapping: Sequence[tuple[str, str]],
    model: ModelName = DEFAULT,
    skip_bad_rows: bool = False,
) -> Import:
    """Start the job that checks all rows, then logs them. After a failure it can be mapped anew and started again."""
    locked = Import.objects.select_for_update().select_related("project").filter(pk=import_file.pk).first()
    if locked is None or locked.expires_at <= timezone.now():
        raise NotFound("This import has expired; send the file again.")
    if state_of(locked) not in STARTABLE or not locked.format:
        raise Conflict(f"This import is {state_of(locked)}; it can be started once its file was looked at.", field="id")
    make_plan(locked.columns, mapping, default=model)
    name = clean_name(dataset_name, what="A dataset's name", field="datasetName")
    stored = Dataset.objects.filter(project=locked.project, name=name, deleted_at=None).first()
    if stored is not None and dataset_kind is not None and stored.kind != dataset_kind:
        raise Conflict(f"The dataset {name!r} is of kind {stored.kind}, not {dataset_kind.value}.", field="datasetKind")
    locked.options = {
        "dataset": name,
        "kind": dataset_kind.value if dataset_kind else None,
        "mapping": [list(pair) for pair in mapping],
        "model": [model.model, model.version, model.layer],
        "skip_bad_rows": skip_bad_rows,
    }
    locked.state, locked.errors, locked.error_count, locked.report = ImportState.RUNNING, [], 0, None
    locked.job = enqueue_job(
        actor=actor,
        project=locked.project,
        kind="import",
        title=f"Import {locked.file_name} into {name}",
        parameters={"import_id": str(locked.pk)},
        target=locked,
    )
    locked.save()
    record_audit(actor=actor, project=locked.project, action="imported", target=locked, after={"dataset": name})
    record_change(locked.project, kind="updated", target=locked)
    return locked


@transaction.atomic
def delete_import(*, actor: Actor, import_file: Import) -> None:
    """Forget a file that was sent. What was logged from it stays."""
    if import_file.job is not None:
        request_cancel(import_file.job)
    record_audit(actor=actor, project=import_file.project, action="deleted", target=import_file)
    record_change(import_file.project, kind="deleted", target=import_file)
    drop_staged(import_file.chunks.all())
    import_file.delete()


def state_of(import_file: Import) -> str:
    """The state; failed also where its job was cancelled or given up before it could say so."""
    working = import_file.state in {ImportState.INSPECTING, ImportState.RUNNING}
    ended = import_file.job is None or import_file.job.state in {"failed", "cancelled"}
    return str(ImportState.FAILED if working and ended else import_file.state)
