from __future__ import annotations

import unicodedata

from django.db import transaction

from apps.accounts.actor import Actor
from apps.common.errors import BadUserInput, Forbidden
from apps.datasets.models import Comment, Datapoint
from apps.projects import access
from apps.projects.editing import lock_for_edit
from apps.projects.journal import record_audit, record_change
from apps.projects.models import Role

LONGEST_COMMENT = 10_000


@transaction.atomic
def add_comment(*, actor: Actor, datapoint: Datapoint, text: str) -> Comment:
    comment = Comment.objects.create(datapoint=datapoint, author=actor.user, text=_clean(text))
    _record(actor, comment, "created")
    return comment


@transaction.atomic
def edit_comment(*, actor: Actor, comment: Comment, text: str, expected_version: int | None = None) -> Comment:
    """Say one's own comment in other words."""
    if comment.author_id != actor.user.pk:
        raise Forbidden("Only its author may change a comment.")
    comment = lock_for_edit(comment, expected_version=expected_version, field="text")
    comment.text = _clean(text)
    comment.save(update_fields=["text", "edit_version"])
    _record(actor, comment, "updated")
    return comment


@transaction.atomic
def delete_comment(*, actor: Actor, comment: Comment) -> None:
    """Delete one's own comment; an owner of the project may delete any."""
    project = access.project_of(comment)
    if comment.author_id != actor.user.pk and access.role_in(actor, project.pk) != Role.OWNER:
        raise Forbidden("Only its author or an owner of the project may delete a comment.")
    _record(actor, comment, "deleted")
    comment.delete()


def _clean(text: str) -> str:
    cleaned = unicodedata.normalize("NFC", text).strip()
    if "\x00" in cleaned:
        raise BadUserInput("A comment cannot hold the character U+0000; leave it out.", field="text")
    if not 1 <= len(cleaned) <= LONGEST_COMMENT:
        raise BadUserInput(
            f"A comment must have 1 to {LONGEST_COMMENT:,} characters, not {len(cleaned):,}.", field="text"
        )
    return cleaned


def _record(actor: Actor, comment: Comment, kind: str) -> None:
    project, datapoint = access.project_of(comment), comment.datapoint
    record_audit(actor=actor, project=project, action=kind, target=comment, after={"datapoint": datapoint.key})
    record_change(project, kind=kind, target=comment, target_id=f"{datapoint.dataset_id}:{datapoint.row}")
