"""Categories by name, made where they are missing."""

from __future__ import annotations

from django.db import transaction

from apps.common.errors import LimitExceeded
from apps.datasets.models import Category
from apps.datasets.services.categories import next_colour
from apps.projects.journal import record_change
from apps.projects.models import Project

MOST_CATEGORIES = 10_000


class NewCategories(Exception):
    """Some names have no category yet. To make them belongs to the transaction of the log: all of it, or nothing."""


def find_categories(project: Project, names: set[str]) -> dict[str, int]:
    """The ids of the categories with these names. Raises NewCategories where one is missing."""
    known = _ids(project) if names else {}
    if not names <= known.keys():
        raise NewCategories
    return {name: known[name] for name in names}


def resolve_categories(project: Project, names: set[str]) -> dict[str, int]:
    """The ids of the categories with these names; those that are missing are made."""
    if not names:
        return {}
    known = _ids(project)
    missing = sorted(names - known.keys())
    if not missing:
        return {name: known[name] for name in names}
    with transaction.atomic():
        Project.objects.select_for_update().get(pk=project.pk)
        colour = next_colour(project)
        Category.objects.bulk_create(
            [Category(project=project, name=name, colour=colour + place) for place, name in enumerate(missing)],
            ignore_conflicts=True,
        )
        known = _ids(project)
        newest = Category.objects.filter(project=project).order_by("-id")[0]
        record_change(project, kind="created", target=newest)
    return {name: known[name] for name in names}


def still_exist(project: Project, categories: dict[str, int]) -> bool:
    """Whether nobody deleted or renamed one of them since."""
    return not categories or categories.items() <= _ids(project).items()


def check_category_count(project: Project, names: set[str]) -> None:
    """Refuse what would make more categories than anybody could tell apart."""
    if len(names) > MOST_CATEGORIES or len(names | _ids(project).keys()) > MOST_CATEGORIES:
        raise LimitExceeded(
            f"The project would get more than {MOST_CATEGORIES:,} categories. This looks like text, not labels.",
            field="label",
            hint="Log texts as texts= or metadata=.",
        )


def _ids(project: Project) -> dict[str, int]:
    return dict(Category.objects.filter(project=project).values_list("name", "id"))
