"""Deleting a row together with what hangs on it in other apps.

Database cascades delete rows; they do not delete the columns of an embedding set, nor tell open browsers that a map is
gone. An app to the right registers what of its own goes with a row to the left:

    @before_deleting(EmbeddingSet)
    def delete_maps(embedding_set: EmbeddingSet) -> None: ...
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models, transaction

from apps.projects import access
from apps.projects.journal import record_change
from apps.projects.models import Project

M = TypeVar("M", bound=models.Model)
Step = Callable[[Any], None]

_steps: dict[type[models.Model], list[Step]] = defaultdict(list)


def before_deleting(model: type[M]) -> Callable[[Callable[[M], None]], Callable[[M], None]]:
    """Register what to do first when a row of the model is deleted; in the same transaction."""

    def register(step: Callable[[M], None]) -> Callable[[M], None]:
        _steps[model].append(step)
        return step

    return register


def steps_before(model: type[models.Model]) -> list[Step]:
    """What to do before a row of the model is deleted, for who spreads it over several transactions.

    The apps furthest to the right come first: a map is found through the embedding set that another step deletes.
    """
    return _steps[model][::-1]


@transaction.atomic
def delete_whole(row: models.Model) -> None:
    """Delete a row, first what hangs on it, and tell open browsers of each."""
    project = access.project_of(row)
    # Before anything is deleted: a log takes the project's lock before it writes to sets and columns.
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    for step in steps_before(type(row)):
        step(row)
    record_change(project, kind="deleted", target=row)
    row.delete()
