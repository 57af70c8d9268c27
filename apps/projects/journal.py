"""The two books that every service keeps in its own transaction: the audit trail and the change feed."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.db.transaction import get_connection

from apps.accounts.actor import Actor
from apps.projects import hints
from apps.projects.models import AuditEntry, Change, Project

LONGEST_VALUE = 300


def record_audit(
    *,
    actor: Actor | None,
    project: Project | None,
    action: str,
    target: models.Model,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write who did what. `action` is the service's name in the past tense, such as "renamed"; no payloads, no secrets.

    `actor` is None for what the system does by itself.
    """
    return AuditEntry.objects.create(
        project=project,
        project_name=str(project) if project else "",
        actor=actor.user if actor else None,
        actor_name=actor.user.username if actor else "",
        token_prefix=actor.token.prefix if actor and actor.token else "",
        action=action,
        target_type=type_name(target),
        target_id=str(target.pk),
        target_name=str(target)[:LONGEST_VALUE],
        before=before,
        after=after,
    )


def record_change(
    project: Project, *, kind: str, target: models.Model, version: int = 0, target_id: str | None = None
) -> int:
    """Append to the project's change feed and return the new seq.

    Must run inside the transaction of the change: the project row's lock makes commit order seq order.
    """
    assert get_connection().in_atomic_block, "record_change belongs to the transaction of the change"
    Project.objects.filter(pk=project.pk).update(last_seq=F("last_seq") + 1)
    seq = Project.objects.values_list("last_seq", flat=True).get(pk=project.pk)
    Change.objects.create(
        project=project,
        seq=seq,
        kind=kind,
        target_type=type_name(target),
        target_id=target_id or str(target.pk),
        version=version,
    )
    transaction.on_commit(hints.messenger.send, robust=True)
    return seq


def type_name(target: models.Model) -> str:
    """The snake_case name of a model, as in "projection_set"."""
    # Not type(target): the user of a request is a lazy wrapper around the model.
    name = target._meta.object_name or ""
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in name).lstrip("_")
