"""An action is a bulk edit of labels; its id is on every label change that it made."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from apps.accounts.actor import Actor
from apps.common.errors import NotFound
from apps.datasets.models import LabelChange
from apps.projects import access
from apps.projects.models import Project, Role


@dataclass(frozen=True)
class Action:
    id: UUID
    project: Project


def get_action(actor: Actor, id: str, *, at_least: Role) -> Action:
    """Find an action and authorise, as `access.get` does for rows."""
    try:
        changes = LabelChange.objects.filter(action=UUID(id))
    except ValueError as problem:
        raise _not_found() from problem
    change = access.visible(actor, changes.select_related("datapoint__dataset__project")).first()
    if change is None:
        raise _not_found()
    project = access.project_of(change)
    access.require_role(actor, project, at_least)
    return Action(id=change.action, project=project)


def _not_found() -> NotFound:
    return NotFound("No such change of labels, or you are not a member of its project.", field="actionId")
