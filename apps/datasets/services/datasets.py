from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.common.conflicts import get_or_make, refuse_duplicate
from apps.common.errors import BadUserInput, Conflict
from apps.common.names import clean_name
from apps.datasets.locks import lock_datasets
from apps.datasets.models import Dataset, DatasetKind
from apps.jobs.models import Job
from apps.jobs.services import enqueue_job
from apps.projects import access
from apps.projects.editing import lock_for_edit
from apps.projects.journal import record_audit, record_change
from apps.projects.models import Project, Role


@transaction.atomic
def create_dataset(*, actor: Actor, project: Project, name: str, kind: DatasetKind = DatasetKind.OTHER) -> Dataset:
    name = clean_name(name, what="A dataset's name")
    with refuse_duplicate(f"A dataset named {name!r} exists in this project."):
        dataset = Dataset.objects.create(project=project, name=name, kind=kind)
    record_audit(actor=actor, project=project, action="created", target=dataset, after={"kind": kind.value})
    record_change(project, kind="created", target=dataset)
    return dataset


@transaction.atomic
def get_or_create_dataset(
    *, actor: Actor, project: Project, name: str, kind: DatasetKind | None = None
) -> tuple[Dataset, bool]:
    """Return the dataset of this name and whether it was made now. Making one needs the role editor."""
    name = clean_name(name, what="A dataset's name")

    def make() -> Dataset:
        access.require_role(actor, project, Role.EDITOR)
        return create_dataset(actor=actor, project=project, name=name, kind=kind or DatasetKind.OTHER)

    existing = Dataset.objects.filter(project=project, name=name, deleted_at=None)
    dataset, created = get_or_make(existing.first, make)
    if kind is not None and kind != dataset.kind:
        raise Conflict(f"The dataset {name!r} is of kind {dataset.kind}, not {kind.value}.", field="kind")
    return dataset, created


@transaction.atomic
def rename_dataset(*, actor: Actor, dataset: Dataset, name: str, expected_version: int | None = None) -> Dataset:
    dataset = lock_for_edit(dataset, expected_version=expected_version)
    before, dataset.name = dataset.name, clean_name(name, what="A dataset's name")
    with refuse_duplicate(f"A dataset named {dataset.name!r} exists in this project."):
        dataset.save(update_fields=["name", "edit_version", "updated_at"])
    _record_update(actor, dataset, "renamed", {"name": before}, {"name": dataset.name})
    return dataset


@transaction.atomic
def change_dataset_kind(
    *, actor: Actor, dataset: Dataset, kind: DatasetKind, expected_version: int | None = None
) -> Dataset:
    dataset = lock_for_edit(dataset, expected_version=expected_version, field="kind")
    before, dataset.kind = dataset.kind, kind
    dataset.save(update_fields=["kind", "edit_version", "updated_at"])
    _record_update(actor, dataset, "updated", {"kind": before}, {"kind": kind.value})
    return dataset


@transaction.atomic
def delete_dataset(*, actor: Actor, dataset: Dataset, confirm_name: str) -> Job:
    """Hide the dataset at once and delete what belongs to it in the background."""
    if confirm_name != dataset.name:
        raise BadUserInput("Type the dataset's exact name to delete it.", field="confirmName")
    lock_datasets(Dataset.objects.filter(pk=dataset.pk))
    record_audit(
        actor=actor,
        project=dataset.project,
        action="deleted",
        target=dataset,
        before={"name": dataset.name, "datapoints": dataset.datapoint_count},
    )
    record_change(dataset.project, kind="deleted", target=dataset)
    title = f"Delete dataset {dataset.name}"
    # Its name is free again at once; the new one starts with a blank, as no name that people give does.
    Dataset.objects.filter(pk=dataset.pk).update(deleted_at=timezone.now(), name=f" deleted {dataset.pk}")
    return enqueue_job(
        actor=actor,
        project=dataset.project,
        kind="delete_dataset",
        title=title,
        parameters={"dataset_id": str(dataset.pk)},
        target=dataset,
    )


def _record_update(actor: Actor, dataset: Dataset, action: str, before: dict[str, str], after: dict[str, str]) -> None:
    record_audit(actor=actor, project=dataset.project, action=action, target=dataset, before=before, after=after)
    record_change(dataset.project, kind=action, target=dataset, version=dataset.version)
