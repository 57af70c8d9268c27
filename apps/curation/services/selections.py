from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.db.models.functions import Length
from django.utils import timezone
from pyroaring import BitMap

from apps.accounts.actor import Actor
from apps.common.errors import BadUserInput, NotFound
from apps.common.names import is_keepable
from apps.curation.models import Selection, SelectionRows
from apps.datasets import bitmaps
from apps.datasets.log.batch import SHOWN
from apps.datasets.models import Datapoint, Dataset
from apps.jobs.models import Job
from apps.projects.models import Project

LIFETIME = timedelta(days=1)
# What is kept of one user's: a script that selects again and again fills nobody's disk. The newest stay.
MOST_KEPT = 500
MOST_KEPT_BYTES = 256 * 1024 * 1024
# SQLite takes 32,766 values in one statement.
KEYS_AT_ONCE = 10_000
SHOWN_UNKNOWN = 5


@transaction.atomic
def create_selection(*, actor: Actor, project: Project, rows: Mapping[Dataset, BitMap]) -> Selection:
    """Keep rows of the project's datasets for a day, to be named by the selection's id.

    Rows that no longer exist are left out. It changes nothing that others see, so it is neither audited nor news.
    """
    if any(dataset.project_id != project.pk for dataset in rows):
        raise NotFound("No such dataset in this project.", field="datasets")
    Selection.objects.filter(created_by=actor.user, expires_at__lt=timezone.now()).delete()
    alive = {dataset: chosen & bitmaps.load(dataset.alive) for dataset, chosen in rows.items()}
    selection = Selection.objects.create(
        project=project,
        created_by=actor.user,
        expires_at=timezone.now() + LIFETIME,
        datapoint_count=sum(len(chosen) for chosen in alive.values()),
    )
    SelectionRows.objects.bulk_create(
        SelectionRows(selection=selection, dataset=dataset, rows=bitmaps.dump(chosen))
        for dataset, chosen in alive.items()
        if chosen
    )
    _forget_oldest(actor)
    return selection


def _forget_oldest(actor: Actor) -> None:
    """Drop the user's oldest selections beyond what is kept, but none that a job still needs."""
    own = Selection.objects.filter(created_by=actor.user).annotate(size=Sum(Length("parts__rows")))
    kept, too_many = 0, []
    for number, (key, size) in enumerate(own.order_by("-created_at", "-pk").values_list("pk", "size")):
        kept += size or 0
        if number >= MOST_KEPT or (number and kept > MOST_KEPT_BYTES):
            too_many.append(key)
    if too_many:
        jobs = Job.objects.active().filter(requested_by=actor.user, parameters__has_key="selection_id")
        needed = {job.parameters["selection_id"] for job in jobs}
        Selection.objects.filter(pk__in=[key for key in too_many if str(key) not in needed]).delete()


def rows_of_keys(dataset: Dataset, keys: Sequence[str]) -> BitMap:
    """The rows of the datapoints with these keys. Raises BadUserInput that names the first unknown ones."""
    found: dict[str, int] = {}
    possible = list(filter(is_keepable, keys))
    for start in range(0, len(possible), KEYS_AT_ONCE):
        part = Datapoint.objects.filter(dataset=dataset, key__in=possible[start : start + KEYS_AT_ONCE])
        found |= dict(part.order_by().values_list("key", "row"))
    unknown = [key for key in keys if key not in found]
    if unknown:
        shown = ", ".join(repr(key[:SHOWN]) for key in unknown[:SHOWN_UNKNOWN])
        more = f" and {len(unknown) - SHOWN_UNKNOWN:,} more" if len(unknown) > SHOWN_UNKNOWN else ""
        raise BadUserInput(f"The dataset {dataset.name!r} has no datapoint with the key {shown}{more}.", field="keys")
    return BitMap(found.values())


def selected_datasets(selection: Selection) -> QuerySet[Dataset]:
    return Dataset.objects.filter(pk__in=selection.parts.values("dataset"))


def selected_rows(selection: Selection) -> Iterator[tuple[Dataset, BitMap]]:
    """The selected rows that still exist, dataset by dataset."""
    if selection.expires_at <= timezone.now():
        raise NotFound("This selection has expired; select again.", field="selectionId")
    parts = SelectionRows.objects.filter(selection=selection, dataset__deleted_at=None)
    for part in parts.select_related("dataset__project").order_by("pk"):
        yield part.dataset, bitmaps.load(part.rows) & bitmaps.load(part.dataset.alive)
