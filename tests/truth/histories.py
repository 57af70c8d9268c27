"""Judges recorded histories: sets lose no acknowledged change, and of each version at most one edit was accepted."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from apps.datasets import bitmaps
from apps.datasets.models import Tag, TagMembership
from apps.projects.models import AuditEntry


def check_tags(operations, dataset, tags) -> None:
    """For each row, its state must be that of a change after which no other certainly came."""
    for tag in tags:
        membership = TagMembership.objects.filter(tag=tag, dataset=dataset).first()
        rows = set(bitmaps.load(membership.rows)) if membership else set()
        assert membership is None or membership.datapoint_count == len(rows)
        for row in range(40):
            changes = [each for each in operations if each.tag == str(tag.pk) and each.kind in {"add", "remove"}]
            touching = [each for each in changes if row in each.value and each.outcome in {"ok", "unknown"}]
            assert (row in rows) in possible(touching), f"row {row} of {tag}: {row in rows} after {touching}"


def possible(changes) -> set[bool]:
    """How a row may end: as any change leaves it that is not over before another one, which was done, began."""
    certain = [each for each in changes if each.outcome == "ok"]
    last = [each for each in changes if not any(other.began > each.ended for other in certain)]
    ends = {each.kind == "add" for each in last}
    return ends if certain else ends | {False}


def check_versions(operations, tags) -> None:
    """Of the edits that expected one version at most one came through, and the trail tells one unbroken story."""
    for tag in tags:
        accepted = [
            each.value for each in operations if (each.kind, each.tag, each.outcome) == ("rename", str(tag.pk), "ok")
        ]
        assert all(count == 1 for count in Counter(version for version, _ in accepted).values())
        now = Tag.objects.get(pk=tag.pk)
        assert now.edit_version == len(accepted) + 1
        trail = AuditEntry.objects.filter(target_id=str(tag.pk), action="renamed").order_by("pk")
        told = [(entry.before["name"], entry.after["name"]) for entry in trail]
        assert [new for _, new in told] == [name for _, name in sorted(accepted)]
        assert all(old == new for (_, old), (new, _) in pairwise(told))
        assert not told or told[-1][1] == now.name
