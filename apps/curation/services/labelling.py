"""Labels of many datapoints at once, each change kept with its action so that the action can be undone as a whole."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from pyroaring import BitMap

from apps.accounts.actor import Actor
from apps.common.errors import BadUserInput, Conflict
from apps.common.names import clean_name
from apps.curation.actions import Action
from apps.curation.models import Selection
from apps.curation.services.selections import selected_datasets, selected_rows
from apps.datasets import bitmaps
from apps.datasets.labels_changed import record_label_change
from apps.datasets.locks import lock_datasets
from apps.datasets.log.table import insert_label_changes, kept_id, kept_time
from apps.datasets.models import Category, Datapoint, Dataset, LabelChange
from apps.datasets.services import get_or_create_category
from apps.datasets.services.categories import LONGEST_NAME
from apps.jobs.models import Job
from apps.jobs.services import enqueue_job
from apps.projects.journal import record_audit
from apps.projects.models import Project

# What a request changes itself; more becomes a job, so that nobody waits and the database's writer stays free.
MOST_AT_ONCE = 20_000
CHUNK = 5_000
LONGEST_WHY = 500

# A change of a label: the datapoint's id, its category before, and after.
Standing = tuple[int, int | None, int | None]


@dataclass(frozen=True)
class Labelling:
    """What a bulk edit of labels did, or the job that does it."""

    action_id: uuid.UUID
    changed_count: int
    job: Job | None = None


@transaction.atomic
def set_label(*, actor: Actor, selection: Selection, category_name: str | None, why: str = "") -> Labelling:
    """Label the selected datapoints with the category of this name, or take their labels off (None)."""
    why = _clean_why(why)
    lock_datasets(selected_datasets(selection))
    category = _category_named(actor, selection.project, category_name)
    action = uuid.uuid4()
    parts = list(selected_rows(selection))
    count = sum(len(rows) for _, rows in parts)
    if count > MOST_AT_ONCE:
        job = enqueue_job(
            actor=actor,
            project=selection.project,
            kind="set_label",
            title=f"Label {count:,} datapoints {category.name if category else 'as unlabelled'}",
            parameters={
                "selection_id": str(selection.pk),
                "category_id": category.pk if category else None,
                "action": str(action),
                "why": why,
            },
        )
        return Labelling(action_id=action, changed_count=0, job=job)
    changed = sum(
        label_rows(actor=actor, dataset=dataset, rows=rows, category=category, action=action, why=why)
        for dataset, rows in parts
    )
    record_labelling(actor=actor, project=selection.project, category=category, action=action, count=changed)
    return Labelling(action_id=action, changed_count=changed)


def record_labelling(
    *, actor: Actor | None, project: Project, category: Category | None, action: uuid.UUID, count: int
) -> None:
    """Write into the audit trail how many labels an action changed; nothing where it changed none."""
    if count:
        facts = {"category": category.name if category else None, "action": str(action), "count": count}
        record_audit(actor=actor, project=project, action="labelled", target=category or project, after=facts)


@transaction.atomic
def label_rows(
    *, actor: Actor | None, dataset: Dataset, rows: BitMap, category: Category | None, action: uuid.UUID, why: str = ""
) -> int:
    """Give rows of one dataset the label; return how many had another one."""
    lock_datasets(Dataset.objects.filter(pk=dataset.pk))
    changed = 0
    numbers = bitmaps.rows_of(rows).tolist()
    for start in range(0, len(numbers), CHUNK):
        datapoints = Datapoint.objects.filter(dataset=dataset, row__in=numbers[start : start + CHUNK])
        before = [
            (pk, category_id)
            for pk, category_id in datapoints.order_by().values_list("pk", "category_id")
            if category_id != (category.pk if category else None)
        ]
        _change(before, category.pk if category else None, actor=actor, action=action, why=why)
        changed += len(before)
    if changed:
        record_label_change(dataset)
    return changed


@transaction.atomic
def undo_label_change(*, actor: Actor, action: Action) -> Labelling:
    """Set the labels of an action back, where nobody changed them since."""
    project = action.project
    changes = LabelChange.objects.filter(action=action.id, datapoint__dataset__project=project)
    lock_datasets(_datasets_of(changes))
    if changes.filter(is_logged=True).exists():
        raise Conflict("Labels that were logged are set back by logging again.", field="actionId")
    if changes.exclude(by=actor.user).exists():
        raise Conflict("Only who changed these labels can undo it.", field="actionId")
    count = still_standing(changes).count()
    if count == 0:
        raise Conflict("Nothing is left to undo: the labels were set back, or changed since.", field="actionId")
    undo = uuid.uuid4()
    if count > MOST_AT_ONCE:
        job = enqueue_job(
            actor=actor,
            project=project,
            kind="undo_label_change",
            title=f"Undo the labels of {count:,} datapoints",
            parameters={"undo_of": str(action.id), "action": str(undo)},
        )
        return Labelling(action_id=undo, changed_count=0, job=job)
    changed = set_back(actor=actor, changes=changes, action=undo)
    record_undo(actor=actor, project=project, undo_of=action.id, action=undo, count=changed)
    return Labelling(action_id=undo, changed_count=changed)


def record_undo(*, actor: Actor | None, project: Project, undo_of: uuid.UUID, action: uuid.UUID, count: int) -> None:
    """Write into the audit trail how many labels were set back; nothing where none was."""
    if count:
        facts = {"undo_of": str(undo_of), "action": str(action), "count": count}
        record_audit(actor=actor, project=project, action="label_undone", target=project, after=facts)


@transaction.atomic
def set_back(*, actor: Actor | None, changes: QuerySet[LabelChange], action: uuid.UUID) -> int:
    """Give datapoints the label that they had before these changes, where these still stand; say how many."""
    lock_datasets(_datasets_of(changes))
    by_label: dict[int | None, list[tuple[int, int | None]]] = defaultdict(list)
    for datapoint_id, before, after in still_standing(changes):
        by_label[before].append((datapoint_id, after))
    touched: set[uuid.UUID] = set()
    for label, pairs in by_label.items():
        for start in range(0, len(pairs), CHUNK):
            part = pairs[start : start + CHUNK]
            _change(part, label, actor=actor, action=action, why="Undo")
            datapoints = Datapoint.objects.filter(pk__in=[pk for pk, _ in part]).order_by()
            touched |= set(datapoints.values_list("dataset_id", flat=True).distinct())
    for dataset in Dataset.objects.filter(pk__in=touched).select_related("project"):
        record_label_change(dataset)
    return sum(len(pairs) for pairs in by_label.values())


def still_standing(changes: QuerySet[LabelChange]) -> QuerySet[LabelChange, Standing]:
    """Of these changes, those that are the last word on their datapoint."""
    later = LabelChange.objects.filter(datapoint=OuterRef("datapoint"), pk__gt=OuterRef("pk"))
    last = changes.filter(~Exists(later)).order_by("pk")
    return last.values_list("datapoint_id", "from_category_id", "to_category_id")


def _datasets_of(changes: QuerySet[LabelChange]) -> QuerySet[Dataset]:
    return Dataset.objects.filter(pk__in=changes.order_by().values("datapoint__dataset"))


def _change(
    before: Sequence[tuple[int, int | None]], label: int | None, *, actor: Actor | None, action: uuid.UUID, why: str
) -> None:
    """Set the label of datapoints, given with the label that each has now, and remember it."""
    by = kept_id(actor.user.pk) if actor else None
    now = kept_time(timezone.now())
    insert_label_changes((pk, old, label, by, False, kept_id(action), why, now) for pk, old in before)
    Datapoint.objects.filter(pk__in=[pk for pk, _ in before]).update(category=label)


def _category_named(actor: Actor, project: Project, name: str | None) -> Category | None:
    """The category of this name, made where it is new; None for no label."""
    if name is None:
        return None
    cleaned = clean_name(name, what="A category's name", field="categoryName", at_most=LONGEST_NAME)
    return get_or_create_category(actor=actor, project=project, name=cleaned)[0]


def _clean_why(why: str) -> str:
    cleaned = why.strip()
    if len(cleaned) > LONGEST_WHY or "\x00" in cleaned:
        raise BadUserInput(f"why may have {LONGEST_WHY} characters, not {len(cleaned)}.", field="why")
    return cleaned
