"""Tags on many datapoints at once: a bitmap is added to, or taken from, each dataset's bitmap of the tag."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from pyroaring import BitMap

from apps.accounts.actor import Actor
from apps.common.errors import Conflict, NotFound
from apps.common.names import clean_name
from apps.curation.models import Selection
from apps.curation.services.selections import create_selection, selected_datasets, selected_rows
from apps.datasets import bitmaps
from apps.datasets.locks import lock_datasets
from apps.datasets.models import Dataset, Tag, TagMembership
from apps.datasets.services import get_or_create_tag
from apps.projects.journal import record_audit, record_change


@dataclass(frozen=True)
class Tagging:
    """What a bulk edit of a tag did. The undo selection holds exactly the datapoints that changed."""

    tag: Tag
    changed_count: int
    undo_selection: Selection


@transaction.atomic
def tag_selection(*, actor: Actor, selection: Selection, name: str) -> Tagging:
    """Put the tag on the selected datapoints; a new name makes a new tag."""
    lock_datasets(selected_datasets(selection))
    tag, _ = get_or_create_tag(actor=actor, project=selection.project, name=name)
    return _edit(actor, selection, tag, "tagged", lambda before, chosen: before | chosen)


@transaction.atomic
def untag_selection(*, actor: Actor, selection: Selection, name: str) -> Tagging:
    tag = Tag.objects.filter(project=selection.project, name=clean_name(name, what="A tag's name")).first()
    lock_datasets(selected_datasets(selection))
    if tag is None:
        raise NotFound(f"This project has no tag {name!r}.", field="name")
    return _edit(actor, selection, tag, "untagged", lambda before, chosen: before - chosen)


def _edit(
    actor: Actor, selection: Selection, tag: Tag, action: str, combine: Callable[[BitMap, BitMap], BitMap]
) -> Tagging:
    # Two people who tag at once take turns, so that neither's bitmap overwrites the other's.
    locked = Tag.objects.select_for_update().filter(pk=tag.pk).first()
    if locked is None:
        raise Conflict(f"The tag {tag.name!r} was deleted meanwhile.", field="name")
    tag = locked
    changed: dict[Dataset, BitMap] = {}
    newest = 0
    for dataset, chosen in selected_rows(selection):
        membership, _ = TagMembership.objects.get_or_create(tag=tag, dataset=dataset)
        before = bitmaps.load(membership.rows)
        after = combine(before, chosen)
        if after != before:
            changed[dataset] = before ^ after
            membership.rows, membership.datapoint_count = bitmaps.dump(after), len(after)
            membership.version += 1
            membership.save()
            newest = max(newest, membership.version)
    count = sum(len(rows) for rows in changed.values())
    if count:
        after_facts = {"tag": tag.name, "count": count}
        record_audit(actor=actor, project=selection.project, action=action, target=tag, after=after_facts)
        record_change(selection.project, kind="tagged", target=tag, version=newest)
    undo = create_selection(actor=actor, project=selection.project, rows=changed)
    return Tagging(tag=tag, changed_count=count, undo_selection=undo)
