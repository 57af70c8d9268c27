"""Deletions that are too large for a request. They go on whoever leaves the project meanwhile."""

from __future__ import annotations

from functools import partial

from apps.accounts.actor import Actor
from apps.datasets.erasing import BATCH, erase_dataset_contents, erase_resources
from apps.datasets.models import Category, Dataset
from apps.datasets.services.categories import finish_category, unlabel
from apps.jobs.models import Lane
from apps.jobs.registry import job
from apps.jobs.run import JobRun
from apps.jobs.services import enqueue_job
from apps.projects.clearing import clears_deleted_projects
from apps.projects.models import Project


@job("delete_dataset", lane=Lane.LIGHT, at_least=None, is_cancellable=False)
def delete_dataset(run: JobRun) -> None:
    dataset = run.parameters.row("dataset_id", Dataset.objects.all())
    if dataset is None:
        return
    run.progress("Deleting maps, inferences and embeddings")
    erase_dataset_contents(dataset, transaction=run.transaction, progress=partial(run.progress, "Deleting datapoints"))
    with run.commit():
        dataset.delete()


@job("delete_category", lane=Lane.LIGHT, at_least=None, is_cancellable=False)
def delete_category(run: JobRun) -> None:
    """Take the category off its datapoints part by part; it disappears with the last."""
    category = run.parameters.row("category_id", Category.objects.all())
    if category is None:
        return
    total, done = category.datapoints.count(), 0
    while batch := list(category.datapoints.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with run.transaction():
            unlabel(category.datapoints.filter(pk__in=batch))
        done += len(batch)
        run.progress("Taking the category off datapoints", done, total)
    with run.commit():
        finish_category(category)


@job("delete_project", lane=Lane.LIGHT, at_least=None, is_cancellable=False)
def delete_project(run: JobRun) -> None:
    project = run.job.project
    for dataset in Dataset.objects.filter(project=project).order_by("pk"):
        run.progress("Deleting maps, inferences and embeddings")
        erase_dataset_contents(
            dataset, transaction=run.transaction, progress=partial(run.progress, "Deleting datapoints")
        )
        with run.transaction():
            dataset.delete()
    run.progress("Deleting files and models")
    erase_resources(project, transaction=run.transaction)
    with run.commit():
        # What is left is small; this job's own row goes too.
        project.delete()


@clears_deleted_projects
def enqueue_clearing(actor: Actor, project: Project) -> None:
    enqueue_job(
        actor=actor,
        project=project,
        kind="delete_project",
        title="Delete the project",
        parameters={},
    )
