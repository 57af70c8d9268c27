"""Who works in a project: invitations, roles, leaving. A project always has an owner.

Each service locks the project first, so that of two owners who remove each other at once one fails.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.accounts.models import User
from apps.common.conflicts import refuse_duplicate
from apps.common.errors import BadUserInput, Conflict
from apps.common.names import is_keepable
from apps.projects import access
from apps.projects.journal import record_audit, record_change
from apps.projects.models import Membership, Project, Role


@transaction.atomic
def invite_member(*, actor: Actor, project: Project, username: str, role: Role) -> Membership:
    """Offer somebody a role; it counts once they accept."""
    _lock(project)
    _require_owner(actor, project)
    known = User.objects.filter(is_active=True) if is_keepable(username) else User.objects.none()
    user = known.filter(username__iexact=username.strip()).first()
    if user is None:
        raise BadUserInput(f"There is no user {username.strip()[:80]!r}.", field="username")
    with refuse_duplicate(f"{user.username} is a member or invited already.", field="username"):
        membership = Membership.objects.create(project=project, user=user, role=role, invited_by=actor.user)
    _record(actor, membership, "invited", "created", after={"username": user.username, "role": role.value})
    return membership


@transaction.atomic
def accept_invitation(*, actor: Actor, membership: Membership) -> Membership:
    """Take up the actor's own invitation."""
    actor.require_write()
    _lock(membership.project)
    _read_again(membership)
    if membership.accepted_at is None:
        membership.accepted_at = timezone.now()
        membership.save(update_fields=["accepted_at"])
        _record(actor, membership, "accepted", "updated", after={"role": membership.role})
    return membership


@transaction.atomic
def decline_invitation(*, actor: Actor, membership: Membership) -> None:
    """Turn down the actor's own invitation."""
    actor.require_write()
    _lock(membership.project)
    _read_again(membership)
    if membership.accepted_at is not None:
        raise Conflict("This invitation was accepted; leave the project instead.", field="membershipId")
    _record(actor, membership, "declined", "deleted", before={"role": membership.role})
    membership.delete()


@transaction.atomic
def change_role(*, actor: Actor, membership: Membership, role: Role) -> Membership:
    _lock(membership.project)
    _require_owner(actor, membership.project)
    _read_again(membership)
    before = membership.role
    if before == role:
        return membership
    if before == Role.OWNER:
        _require_other_owner(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    _record(actor, membership, "role_changed", "updated", before={"role": before}, after={"role": role.value})
    return membership


@transaction.atomic
def remove_member(*, actor: Actor, membership: Membership) -> None:
    """Take somebody out of the project, or withdraw their invitation; removing oneself is leaving."""
    _lock(membership.project)
    leaving = membership.user_id == actor.user.pk
    if leaving:
        actor.require_write()
    else:
        _require_owner(actor, membership.project)
    _read_again(membership)
    if membership.role == Role.OWNER and membership.accepted_at is not None:
        _require_other_owner(membership)
    before = {"username": membership.user.username, "role": membership.role}
    _record(actor, membership, "left" if leaving else "removed", "deleted", before=before)
    membership.delete()


def _lock(project: Project) -> None:
    Project.objects.select_for_update().get(pk=project.pk)


def _read_again(membership: Membership) -> None:
    """Somebody else may have changed or ended it before the project was locked."""
    try:
        membership.refresh_from_db(fields=["role", "accepted_at"])
    except Membership.DoesNotExist as problem:
        raise access.not_found(Membership) from problem


def _require_owner(actor: Actor, project: Project) -> None:
    """Ask again, now that the project is locked."""
    if not actor.as_staff:
        access.require_role(actor, project, Role.OWNER)


def _require_other_owner(membership: Membership) -> None:
    owners = Membership.objects.accepted().filter(project=membership.project, role=Role.OWNER, user__is_active=True)
    if not owners.exclude(pk=membership.pk).exists():
        raise Conflict("A project needs an owner: make somebody else owner first.", field="membershipId")


def _record(
    actor: Actor,
    membership: Membership,
    action: str,
    kind: str,
    *,
    before: dict[str, str] | None = None,
    after: dict[str, str] | None = None,
) -> None:
    record_audit(actor=actor, project=membership.project, action=action, target=membership, before=before, after=after)
    record_change(membership.project, kind=kind, target=membership)
