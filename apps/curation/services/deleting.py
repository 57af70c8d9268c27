"""Deleting the datapoints of a selection, with the objects inside them."""

from __future__ import annotations

from django.db import transaction
from pyroaring import BitMap

from apps.accounts.actor import Actor
from apps.common.errors import BadUserInput
from apps.curation.models import Selection
from apps.curation.services.selections import selected_rows
from apps.datasets import bitmaps
from apps.datasets.locks import lock_datasets
from apps.datasets.models import Dataset
from apps.datasets.removing import remove_rows
from apps.jobs.models import Job
from apps.jobs.services import enqueue_job
from apps.projects.journal import record_audit, record_change
from apps.projects.models import Project


@transaction.atomic
def delete_datapoints(*, actor: Actor, selection: Selection, confirm_count: int) -> Job:
    """Delete them in the background, for good. Who asks says how many they are, lest a wrong selection is deleted."""
    parts = list(selected_rows(selection))
    count = sum(len(rows) for _, rows in parts)
    if confirm_count != count:
        raise BadUserInput(
            f"The selection has {count:,} datapoints; confirmCount must say so to delete them.", field="confirmCount"
        )
    for dataset, rows in parts:
        if rows:
            record_audit(
                actor=actor,
                project=selection.project,
                action="datapoints_deleted",
                target=dataset,
                before={"count": len(rows)},
            )
    return enqueue_job(
        actor=actor,
        project=selection.project,
        kind="delete_datapoints",
        title=f"Delete {count:,} datapoints",
        parameters={"selection_id": str(selection.pk)},
    )


@transaction.atomic
def delete_rows(*, dataset: Dataset, rows: BitMap) -> None:
    """Delete rows of one dataset and the objects inside them, and tell open browsers."""
    lock_datasets(Dataset.objects.filter(pk=dataset.pk))
    Project.objects.select_for_update(no_key=True).get(pk=dataset.project_id)
    current = Dataset.objects.select_related("project").filter(pk=dataset.pk, deleted_at=None).first()
    if current is None:
        return  # It was deleted meanwhile, and takes them along.
    dataset = current
    remove_rows(dataset, rows & bitmaps.load(dataset.alive))
    dataset.version += 1
    dataset.label_version += 1
    dataset.save()
    record_change(dataset.project, kind="removed", target=dataset, version=dataset.version)
