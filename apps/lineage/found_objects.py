"""The objects that a trained model found. They go with it: without a source they would pass for ground truth."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager

from django.db import transaction
from django.db.models import QuerySet
from pyroaring import BitMap

from apps.accounts.actor import Actor
from apps.datasets.locks import lock_datasets
from apps.datasets.models import Datapoint, Dataset
from apps.datasets.removing import remove_rows
from apps.jobs.services import enqueue_job
from apps.lineage.models import TrainedModel
from apps.projects.journal import record_change
from apps.projects.models import Project

# More are deleted by a job, in lots of this size.
MOST_AT_ONCE = 20_000

Transaction = Callable[[], AbstractContextManager[None]]
Progress = Callable[[str, int, int], None]


@transaction.atomic
def delete_found_objects(*, actor: Actor, project: Project, trained_models: Collection[TrainedModel]) -> None:
    """Delete what the trained models found; where that is much, as a job.

    Locks datasets, so it comes before whatever locks the project.
    """
    sources = [str(each.pk) for each in trained_models]
    with_objects = Dataset.objects.filter(project=project, object_count__gt=0)
    lock_datasets(with_objects)
    found = _found_by(sources, with_objects)
    if found[: MOST_AT_ONCE + 1].count() <= MOST_AT_ONCE:
        for dataset in with_objects.filter(deleted_at=None).order_by("pk"):
            delete_lot(dataset, sources)
        return
    enqueue_job(
        actor=actor,
        project=project,
        kind="delete_found_objects",
        title=f"Delete what {', '.join(str(each) for each in trained_models)} found",
        parameters={"sources": sources},
    )


def delete_lots(project: Project, sources: Collection[str], *, in_transaction: Transaction, tell: Progress) -> None:
    """Delete everything that these sources found, lot by lot. Can be taken up again wherever it ended."""
    datasets = Dataset.objects.filter(project=project, object_count__gt=0, deleted_at=None).order_by("pk")
    total, done = _found_by(sources, datasets).count(), 0
    for dataset in list(datasets):
        while True:
            with in_transaction():
                count = delete_lot(dataset, sources)
            if not count:
                break
            done += count
            tell("Deleting objects", done, total)


@transaction.atomic
def delete_lot(dataset: Dataset, sources: Collection[str]) -> int:
    """Delete a lot of the objects of one dataset that these sources found; say how many."""
    lock_datasets(Dataset.objects.filter(pk=dataset.pk))
    found = _found_by(sources, Dataset.objects.filter(pk=dataset.pk))
    rows = BitMap(found.values_list("row", flat=True)[:MOST_AT_ONCE])
    if not rows:
        return 0
    Project.objects.select_for_update(no_key=True).get(pk=dataset.project_id)
    locked = Dataset.objects.select_related("project").get(pk=dataset.pk)
    remove_rows(locked, rows)
    locked.version += 1
    locked.label_version += 1
    locked.save()
    record_change(locked.project, kind="removed", target=locked, version=locked.version)
    return len(rows)


def _found_by(sources: Collection[str], datasets: QuerySet[Dataset]) -> QuerySet[Datapoint]:
    return Datapoint.objects.filter(dataset__in=datasets, source__in=sources).order_by()
