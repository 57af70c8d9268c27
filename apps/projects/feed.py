"""Reading a project's change feed: what is new after a seq."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max

from apps.projects.models import Change, Project

# A client that was away for longer than this many changed things had better load the page anew.
MOST_CHANGES = 1000


@dataclass(frozen=True)
class Novelty:
    """The newest change of its kind to one target."""

    seq: int
    kind: str
    target_type: str
    target_id: str
    version: int


def newest_seqs(project_ids: Collection[UUID]) -> dict[UUID, int]:
    """The newest seq of each of these projects that exists."""
    return dict(Project.objects.existing().filter(pk__in=project_ids).values_list("pk", "last_seq"))


def read_changes(project_id: UUID, *, after: int, until: int) -> list[Novelty]:
    """What changed after one seq and up to another, oldest first, each target once for each kind of change."""
    rows = (
        Change.objects.filter(project_id=project_id, seq__gt=after, seq__lte=until)
        .order_by()
        .values("kind", "target_type", "target_id")
        .annotate(newest=Max("seq"), newest_version=Max("version"))
        .order_by("-newest")[:MOST_CHANGES]
    )
    return [_novelty(dict(row)) for row in reversed(rows)]


def is_kept(project_id: UUID, seq: int) -> bool:
    """Whether the feed still goes back to this seq: `collect_garbage` forgets what is old."""
    return Change.objects.filter(project_id=project_id, seq__lte=seq).exists()


def coalesce(novelties: Iterable[Novelty]) -> list[Novelty]:
    """Only the newest of each kind of change to a target."""
    newest = {(item.kind, item.target_type, item.target_id): item for item in novelties}
    return sorted(newest.values(), key=lambda item: item.seq)


def _novelty(row: dict[str, Any]) -> Novelty:
    return Novelty(
        seq=row["newest"],
        kind=row["kind"],
        target_type=row["target_type"],
        target_id=row["target_id"],
        version=row["newest_version"],
    )
