"""Deleting what may be millions of rows, in short transactions that can be taken up again wherever they ended."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone

from apps.datasets.models import Comment, Datapoint, Dataset, LabelChange, Resource, Upload, UploadState
from apps.projects.cascades import steps_before
from apps.projects.models import Project

BATCH = 5_000
RESOURCES_AT_ONCE = 1_000

M = TypeVar("M", bound=Model)

Transaction = Callable[[], AbstractContextManager[None]]
# Told how many datapoints are gone, of how many.
Progress = Callable[[int, int], None]


def erase_dataset_contents(dataset: Dataset, *, transaction: Transaction, progress: Progress) -> None:
    """Delete all that belongs to a dataset but its own row: sets and maps, datapoints, resources only they named."""
    for step in steps_before(Dataset):
        with transaction():
            step(dataset)
    total = dataset.datapoints.count()
    done = 0
    # From the last row: objects stand behind the datapoint that they lie in.
    while last := list(dataset.datapoints.order_by("-row").values_list("row", flat=True)[:BATCH]):
        with transaction():
            done += erase_datapoints(dataset.datapoints.filter(row__gte=last[-1]))
        progress(done, total)
    for column in dataset.columns.all():
        with transaction():
            column.delete()


def erase_datapoints(datapoints: QuerySet[Datapoint]) -> int:
    """Delete datapoints with their history, and resources that only they named; say how many."""
    resources = list(datapoints.exclude(resource=None).order_by().values_list("resource", flat=True).distinct())
    LabelChange.objects.filter(datapoint__in=datapoints.values("pk")).delete()
    Comment.objects.filter(datapoint__in=datapoints.values("pk")).delete()
    erased = _delete_alone(datapoints)
    for start in range(0, len(resources), RESOURCES_AT_ONCE):
        some = resources[start : start + RESOURCES_AT_ONCE]
        _delete_alone(unneeded_resources().filter(pk__in=some))
    return erased


def unneeded_resources() -> QuerySet[Resource]:
    """Resources that no datapoint names, and that no upload in progress may be about to name."""
    open_uploads = Upload.objects.filter(state=UploadState.OPEN, expires_at__gt=timezone.now())
    return Resource.objects.filter(datapoints=None).exclude(project__in=open_uploads.values("dataset__project"))


def erase_resources(project: Project, *, transaction: Transaction) -> None:
    while batch := list(project.resources.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction():
            _delete_alone(Resource.objects.filter(pk__in=batch))


def _delete_alone(rows: QuerySet[M]) -> int:
    """Delete rows that nothing refers to any more. Django's own deletion would fetch each and look for what does."""
    count: int = rows.order_by()._raw_delete(rows.db)  # noqa: SLF001
    return count
