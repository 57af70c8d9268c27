from __future__ import annotations

from django.db import transaction
from django.db.models import Max, QuerySet

from apps.accounts.actor import Actor
from apps.common.conflicts import get_or_make, refuse_duplicate
from apps.common.errors import BadUserInput
from apps.common.names import clean_name
from apps.datasets.labels_changed import record_label_change
from apps.datasets.locks import lock_datasets
from apps.datasets.models import Category, Datapoint, Dataset
from apps.jobs.models import Job
from apps.jobs.services import enqueue_job
from apps.projects import access
from apps.projects.editing import lock_for_edit
from apps.projects.journal import record_audit, record_change
from apps.projects.models import Project, Role

LONGEST_NAME = 200
# Front ends take it modulo the colours that their palette has.
LARGEST_COLOUR = 32_767
# More labels than this are taken off by a job, so that no request holds the database's only writer for long.
MOST_AT_ONCE = 20_000


@transaction.atomic
def create_category(*, actor: Actor, project: Project, name: str) -> Category:
    name = clean_name(name, what="A category's name", at_most=LONGEST_NAME)
    with refuse_duplicate(f"A category named {name!r} exists in this project."):
        category = Category.objects.create(project=project, name=name, colour=next_colour(project))
    record_audit(actor=actor, project=project, action="created", target=category)
    record_change(project, kind="created", target=category)
    return category


@transaction.atomic
def get_or_create_category(*, actor: Actor, project: Project, name: str) -> tuple[Category, bool]:
    """Return the category of this name and whether it was made now. Making one needs the role editor."""
    cleaned = clean_name(name, what="A category's name", at_most=LONGEST_NAME)

    def make() -> Category:
        access.require_role(actor, project, Role.EDITOR)
        return create_category(actor=actor, project=project, name=cleaned)

    return get_or_make(Category.objects.filter(project=project, name=cleaned).first, make)


@transaction.atomic
def update_category(*, actor: Actor, category: Category, colour: int, expected_version: int | None = None) -> Category:
    """Give the category another colour of the palette."""
    if not 0 <= colour <= LARGEST_COLOUR:
        raise BadUserInput(f"colour must be 0 … {LARGEST_COLOUR:,}, not {colour}.", field="colour")
    category = lock_for_edit(category, expected_version=expected_version, field="colour")
    before, category.colour = category.colour, colour
    category.save(update_fields=["colour", "edit_version"])
    record_audit(
        actor=actor,
        project=category.project,
        action="updated",
        target=category,
        before={"colour": before},
        after={"colour": colour},
    )
    record_change(category.project, kind="updated", target=category)
    return category


@transaction.atomic
def rename_category(*, actor: Actor, category: Category, name: str, expected_version: int | None = None) -> Category:
    category = lock_for_edit(category, expected_version=expected_version)
    before, category.name = category.name, clean_name(name, what="A category's name", at_most=LONGEST_NAME)
    with refuse_duplicate(f"A category named {category.name!r} exists in this project."):
        category.save(update_fields=["name", "edit_version"])
    record_audit(
        actor=actor,
        project=category.project,
        action="renamed",
        target=category,
        before={"name": before},
        after={"name": category.name},
    )
    record_change(category.project, kind="renamed", target=category)
    return category


@transaction.atomic
def delete_category(*, actor: Actor, category: Category) -> Job | None:
    """Delete the category and take it off the datapoints that it labels; where these are many, as a job."""
    lock_datasets(labelled_datasets(category.datapoints.all()))
    datapoint_count = category.datapoints.count()
    record_audit(
        actor=actor,
        project=category.project,
        action="deleted",
        target=category,
        before={"name": category.name, "count": datapoint_count},
    )
    if datapoint_count <= MOST_AT_ONCE:
        finish_category(category)
        return None
    return enqueue_job(
        actor=actor,
        project=category.project,
        kind="delete_category",
        title=f"Delete category {category.name}",
        parameters={"category_id": category.pk},
        target=category,
    )


@transaction.atomic
def finish_category(category: Category) -> None:
    """Delete a category that may label some datapoints still."""
    unlabel(category.datapoints.all())
    record_change(category.project, kind="deleted", target=category)
    category.delete()


@transaction.atomic
def unlabel(datapoints: QuerySet[Datapoint]) -> None:
    """Take the labels off datapoints whose category goes; its history goes with it, so no label change is kept."""
    datasets = list(labelled_datasets(datapoints).select_related("project"))
    lock_datasets(Dataset.objects.filter(pk__in=[dataset.pk for dataset in datasets]))
    datapoints.update(category=None)
    for dataset in datasets:
        record_label_change(dataset)


def labelled_datasets(datapoints: QuerySet[Datapoint]) -> QuerySet[Dataset]:
    return Dataset.objects.filter(pk__in=datapoints.order_by().values("dataset"))


def next_colour(project: Project) -> int:
    """The palette index for the project's next category."""
    highest: int | None = project.categories.aggregate(highest=Max("colour"))["highest"]
    return 0 if highest is None else highest + 1
