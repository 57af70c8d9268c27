"""Who may: the one door through which every query, mutation, URL, subscription, job and admin action gets a row.

Each model names in `PROJECT_PATH` the way to its project ("" for Project itself). A row is seen by accepted members of
that project; through a token limited to one project, only there. Missing and forbidden are the same answer.
"""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.db.models import Q, QuerySet

from apps.accounts.actor import Actor
from apps.accounts.models import ApiToken
from apps.common.errors import Forbidden, NotFound
from apps.projects.models import Membership, Project, Role

M = TypeVar("M", bound=models.Model)
# What a database lookup by an id that a caller made up may raise.
BAD_ID = (ObjectDoesNotExist, ValidationError, ValueError, TypeError, OverflowError)
RANK = {Role.VIEWER: 0, Role.EDITOR: 1, Role.OWNER: 2}


def visible(actor: Actor | None, rows: QuerySet[M]) -> QuerySet[M]:
    """Narrow a queryset to the rows of projects that the actor is a member of."""
    if actor is None or not actor.user.is_active:
        return rows.none()
    path: str = rows.model.PROJECT_PATH  # type: ignore[attr-defined]
    lookup = f"{path}_id__in" if path else "pk__in"
    return rows.filter(**{lookup: _projects_of(actor)}, **_not_deleted(rows.model, path))


def visible_memberships(actor: Actor | None, rows: QuerySet[Membership]) -> QuerySet[Membership]:
    """The memberships of the actor's projects, and the actor's own invitations to others."""
    if actor is None or not actor.user.is_active:
        return rows.none()
    mine = Q(project__in=_projects_of(actor)) | Q(pk__in=invitations(actor).values("pk"))
    return rows.filter(mine, project__deleted_at=None)


def invitations(actor: Actor) -> QuerySet[Membership]:
    """The memberships that were offered to the actor and wait for their answer."""
    pending = Membership.objects.pending().filter(user=actor.user, project__deleted_at=None)
    return pending.filter(project_id=actor.only_project_id) if actor.only_project_id else pending


def in_project(actor: Actor, rows: QuerySet[M], project_id: object | None) -> QuerySet[M]:
    """The rows of one project, which the actor must see; all rows, visible or not, where none is named."""
    if project_id is None:
        return rows
    path: str = rows.model.PROJECT_PATH  # type: ignore[attr-defined]
    return rows.filter(**{path: get(actor, Project, project_id)})


def own_tokens(actor: Actor, rows: QuerySet[ApiToken]) -> QuerySet[ApiToken]:
    """The actor's own API tokens; through a token, that token alone."""
    mine = rows.filter(user=actor.user)
    return mine.filter(pk=actor.token.pk) if actor.token else mine


def get_own(rows: QuerySet[M], id: object) -> M:
    """Fetch one of these rows, which are the actor's own (`invitations`, `own_tokens`). Raises NotFound."""
    try:
        return rows.get(pk=id)
    except BAD_ID as problem:
        raise NotFound(f"You have no such {rows.model._meta.verbose_name}.") from problem


def get(
    actor: Actor | None, model: type[M], id: object, *, at_least: Role = Role.VIEWER, rows: QuerySet[M] | None = None
) -> M:
    """Fetch one row and authorise in one call.

    `rows` may narrow or extend the queryset (select_related, select_for_update). Raises NotFound for a row that is
    missing or of a project that the actor is no member of, Forbidden for a member whose role or token is too small.
    """
    queryset = model._default_manager.all() if rows is None else rows
    try:
        row = visible(actor, queryset).get(pk=id)
    except BAD_ID as problem:
        raise not_found(model) from problem
    assert actor is not None  # nothing is visible to nobody
    require_role(actor, project_of(row), at_least)
    return row


def lock(row: M) -> M:
    """The row as it is now, for an actor who got it before; others wait to change it until the transaction ends.

    Raises NotFound where it, or what it lies in, was deleted meanwhile.
    """
    model = type(row)
    rows = model._default_manager.select_for_update(of=("self",), no_key=True)
    found = rows.filter(pk=row.pk, **_not_deleted(model, model.PROJECT_PATH)).first()  # type: ignore[attr-defined]
    if found is None:
        raise not_found(model)
    return found


def require_role(actor: Actor, project: Project, at_least: Role) -> None:
    """Raise unless the actor has at least this role in the project (NotFound for strangers)."""
    role = role_in(actor, project.pk)
    if role is None:
        raise not_found(Project)
    if at_least != Role.VIEWER:
        actor.require_write()
    if RANK[role] < RANK[at_least]:
        needed = "owner" if at_least == Role.OWNER else "editor or owner"
        raise Forbidden(f"Your role is {role.value}; {needed} is needed.")


def role_in(actor: Actor | None, project_id: UUID) -> Role | None:
    """The actor's role in the project; None where they are no accepted member or their token is for another project.

    Whether they are disabled is asked anew: a job knows its actor for hours.
    """
    if actor is None or actor.only_project_id not in (None, project_id):
        return None
    membership = (
        Membership.objects.accepted()
        .filter(user=actor.user, user__is_active=True, project_id=project_id, project__deleted_at=None)
        .only("role")
        .first()
    )
    return Role(membership.role) if membership else None


def project_of(row: models.Model) -> Project:
    """The project that a row belongs to, along its model's PROJECT_PATH."""
    found: Any = row
    path: str = row.PROJECT_PATH  # type: ignore[attr-defined]
    for step in path.split("__") if path else []:
        found = getattr(found, step)
    assert isinstance(found, Project)
    return found


def not_found(model: type[models.Model]) -> NotFound:
    """The one answer for a row that is missing or not to be seen."""
    return NotFound(f"No such {model._meta.verbose_name}, or you are not a member of its project.")


def _projects_of(actor: Actor) -> QuerySet[Membership, Any]:
    member_of = Membership.objects.accepted().filter(user=actor.user)
    if actor.only_project_id is not None:
        member_of = member_of.filter(project_id=actor.only_project_id)
    return member_of.values("project_id")


def _not_deleted(model: type[models.Model], path: str) -> dict[str, None]:
    """Filters that hide rows under anything (a dataset, a project) that is being deleted."""
    filters: dict[str, None] = {}
    current, prefix = model, ""
    for step in ["", *(path.split("__") if path else [])]:
        if step:
            current = current._meta.get_field(step).related_model  # type: ignore[assignment]
            prefix += f"{step}__"
        if any(field.name == "deleted_at" for field in current._meta.get_fields()):
            filters[f"{prefix}deleted_at"] = None
    return filters
