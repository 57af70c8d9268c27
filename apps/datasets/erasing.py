"""Deleting what may be millions of rows, in short transactions that can be taken up again wherever they ended."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.db.models import QuerySet

from apps.datasets.models import Comment, Datapoint, Dataset, LabelChange, Resource
from apps.projects.cascades import steps_before
from apps.projects.models import Project

BATCH = 5_000

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
    while batch := _numbers(dataset.datapoints.order_by("-row")):
        with transaction():
            _erase_datapoints(batch)
        done += len(batch)
        progress(done, total)
    for column in dataset.columns.all():
        with transaction():
            column.delete()


def erase_resources(project: Project, *, transaction: Transaction) -> None:
    while batch := _numbers(project.resources.order_by("pk")):
        with transaction():
            Resource.objects.filter(pk__in=batch).delete()


def _erase_datapoints(batch: list[int]) -> None:
    datapoints = Datapoint.objects.filter(pk__in=batch).order_by()
    resources = list(datapoints.exclude(resource=None).values_list("resource", flat=True).distinct())
    LabelChange.objects.filter(datapoint__in=batch).delete()
    Comment.objects.filter(datapoint__in=batch).delete()
    datapoints.delete()
    Resource.objects.filter(pk__in=resources, datapoints=None).delete()


def _numbers(rows: QuerySet[Datapoint] | QuerySet[Resource]) -> list[int]:
    return list(rows.values_list("pk", flat=True)[:BATCH])
