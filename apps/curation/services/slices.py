"""Slices: making, changing and deleting saved selections."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from pyroaring import BitMap

from apps.accounts.actor import Actor
from apps.common.conflicts import refuse_duplicate
from apps.common.errors import BadUserInput, Conflict, NotFound
from apps.common.names import clean_name, is_keepable
from apps.curation.models import Selection
from apps.curation.rules import Evaluation, Rule, as_json, parse_rule
from apps.curation.services.selections import selected_rows
from apps.datasets import bitmaps
from apps.datasets.models import Dataset, Slice, SliceRows
from apps.projects import access
from apps.projects.editing import refuse_stale
from apps.projects.journal import record_audit, record_change
from apps.projects.models import Project

LONGEST_DESCRIPTION = 2_000


def create_slice(
    *,
    actor: Actor,
    project: Project,
    name: str,
    description: str = "",
    selection: Selection | None = None,
    rule: Rule | None = None,
) -> Slice:
    """Save a selection as it is now, or a rule that follows the data; exactly one of them."""
    if (selection is None) == (rule is None):
        raise BadUserInput("Give selectionId or rule: one of them, not both.", field="selectionId")
    _check_rule(project, rule)
    name = clean_name(name, what="A slice's name")
    with transaction.atomic():
        with refuse_duplicate(f"A slice named {name!r} exists in this project."):
            made = Slice.objects.create(
                project=project,
                name=name,
                description=_clean_description(description),
                rule=as_json(rule) if rule is not None else None,
                created_by=actor.user,
            )
        after: dict[str, Any] = {"frozen": rule is None}
        if selection is not None:
            after["count"] = _freeze(made, _rows_of_selection(project, selection))
        record_audit(actor=actor, project=project, action="created", target=made, after=after)
        record_change(project, kind="created", target=made, version=made.version)
        return made


def update_slice(
    *,
    actor: Actor,
    slice: Slice,
    description: str | None = None,
    selection: Selection | None = None,
    rule: Rule | None = None,
    expected_version: int | None = None,
) -> Slice:
    """Describe it anew, or replace what it holds by a selection or a rule."""
    if selection is not None and rule is not None:
        raise BadUserInput("Give selectionId or rule, not both.", field="selectionId")
    _check_rule(slice.project, rule)
    with transaction.atomic():
        locked = _locked(slice, expected_version)
        after: dict[str, Any] = {}
        if description is not None:
            locked.description = after["description"] = _clean_description(description)
        if rule is not None:
            locked.rule, after["frozen"] = as_json(rule), False
            locked.frozen.all().delete()
        if selection is not None:
            locked.rule, after["frozen"] = None, True
            after["count"] = _freeze(locked, _rows_of_selection(locked.project, selection))
        if after:
            _record(actor, locked, "updated", after=after)
        return locked


@transaction.atomic
def rename_slice(*, actor: Actor, slice: Slice, name: str, expected_version: int | None = None) -> Slice:
    locked = _locked(slice, expected_version)
    before, locked.name = locked.name, clean_name(name, what="A slice's name")
    with refuse_duplicate(f"A slice named {locked.name!r} exists in this project."):
        locked.save(update_fields=["name"])
    _record(actor, locked, "renamed", before={"name": before}, after={"name": locked.name})
    return locked


def freeze_slice(*, actor: Actor, slice: Slice, expected_version: int | None = None) -> Slice:
    """Keep the datapoints that the rule means now, and forget the rule."""
    if slice.rule is None:
        raise Conflict("This slice is frozen already.", field="id")
    # Outside the transaction: evaluating a rule over a million datapoints takes a while.
    rows = list(Evaluation(slice.project, parse_rule(slice.rule)).rows())
    with transaction.atomic():
        locked = _locked(slice, expected_version)
        if locked.version != slice.version:
            raise Conflict("Somebody changed this slice meanwhile; look at it again.", field="id")
        locked.rule = None
        _record(actor, locked, "frozen", after={"count": _freeze(locked, rows)})
        return locked


@transaction.atomic
def delete_slice(*, actor: Actor, slice: Slice) -> None:
    locked = _locked(slice)
    record_audit(actor=actor, project=locked.project, action="deleted", target=locked, before={"name": locked.name})
    record_change(locked.project, kind="deleted", target=locked)
    locked.delete()


def slice_rows(slice: Slice) -> Iterable[tuple[Dataset, BitMap]]:
    """The datasets with rows of the slice that exist now, and these."""
    if slice.rule is not None:
        yield from Evaluation(slice.project, parse_rule(slice.rule)).rows()
        return
    parts = SliceRows.objects.filter(slice=slice, dataset__deleted_at=None).select_related("dataset__project")
    for part in parts.order_by("dataset__name", "pk"):
        if rows := bitmaps.load(part.rows) & bitmaps.load(part.dataset.alive):
            yield part.dataset, rows


def slice_version(slice: Slice) -> str:
    """Changes whenever `slice_rows` or the keys of these rows may; keys and dataset names change with their dataset."""
    if slice.rule is not None:
        return f"{slice.pk}.{Evaluation(slice.project, parse_rule(slice.rule)).version()}"
    datasets = Dataset.objects.filter(pk__in=slice.frozen.values("dataset"), deleted_at=None).order_by("pk")
    shapes = "".join(f".{zlib.crc32(bytes(dataset.alive)):x}" for dataset in datasets)
    return f"{slice.pk}.{slice.version}{shapes}"


def _check_rule(project: Project, rule: Rule | None) -> None:
    """Refuse a rule that nobody could evaluate: it would break every list of slices.

    Outside of transactions: maps of a million points take a while to read.
    """
    if rule is not None:
        Evaluation(project, rule).check()


def _rows_of_selection(project: Project, selection: Selection) -> list[tuple[Dataset, BitMap]]:
    if selection.project_id != project.pk:
        raise NotFound("No such selection in this project.", field="selectionId")
    return list(selected_rows(selection))


def _freeze(slice: Slice, parts: Iterable[tuple[Dataset, BitMap]]) -> int:
    """Give the slice these rows instead of what it had."""
    slice.frozen.all().delete()
    frozen = SliceRows.objects.bulk_create(
        SliceRows(slice=slice, dataset=dataset, rows=bitmaps.dump(rows), datapoint_count=len(rows))
        for dataset, rows in parts
        if rows
    )
    return sum(part.datapoint_count for part in frozen)


def _locked(slice: Slice, expected_version: int | None = None) -> Slice:
    """The slice as it is now; people who change it at once take turns, and see what they change."""
    found = Slice.objects.select_for_update(of=("self",)).select_related("project").filter(pk=slice.pk).first()
    if found is None:
        raise access.not_found(Slice)
    refuse_stale(found, version=found.version, expected_version=expected_version, field="name")
    return found


def _record(
    actor: Actor, slice: Slice, action: str, *, before: dict[str, Any] | None = None, after: dict[str, Any]
) -> None:
    """Save the slice as its next version, and write that into the books."""
    slice.version += 1
    slice.save()
    record_audit(actor=actor, project=slice.project, action=action, target=slice, before=before, after=after)
    record_change(slice.project, kind=action, target=slice, version=slice.version)


def _clean_description(description: str) -> str:
    cleaned = description.strip()
    if not is_keepable(cleaned):
        raise BadUserInput("The description cannot hold the character U+0000; leave it out.", field="description")
    if len(cleaned) > LONGEST_DESCRIPTION:
        raise BadUserInput(
            f"The description may have {LONGEST_DESCRIPTION:,} characters, not {len(cleaned):,}.", field="description"
        )
    return cleaned
