"""Setting passwords. The services stand here and not in accounts because they are audited."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.accounts.links import LIFETIME, find_link, new_link_secret
from apps.accounts.models import PasswordLink, User
from apps.accounts.passwords import set_password
from apps.accounts.throttle import return_try, take_try
from apps.accounts.tokens import digest_of
from apps.common.errors import BadUserInput, Forbidden
from apps.projects.journal import record_audit

TRIES_AN_HOUR = 10


def change_password(*, actor: Actor, current_password: str, new_password: str) -> User:
    """Give the actor a new password; it ends all their sessions but the one that the caller renews."""
    if actor.token is not None:
        raise Forbidden("A token cannot change the password. Sign in and do it on the account page.")
    user, bucket = actor.user, f"password {actor.user.pk}"
    # Outside the transaction below: a refused try stays counted.
    take_try(bucket, per_hour=TRIES_AN_HOUR)
    if not user.check_password(current_password):
        raise BadUserInput("This is not your current password.", field="currentPassword")
    return_try(bucket)
    with transaction.atomic():
        set_password(user, new_password, field="newPassword")
        record_audit(actor=actor, project=None, action="password_changed", target=user)
    return user


@transaction.atomic
def create_password_link(*, actor: Actor, user: User, purpose: PasswordLink.Purpose) -> str:
    """Make a one-time link for the user and end the ones before it. Returns its secret, which is stored nowhere."""
    actor.require_staff()
    PasswordLink.objects.filter(user=user, used_at=None).delete()
    secret = new_link_secret()
    PasswordLink.objects.create(
        user=user,
        purpose=purpose,
        digest=digest_of(secret),
        created_by=actor.user,
        expires_at=timezone.now() + LIFETIME,
    )
    record_audit(actor=actor, project=None, action="link_created", target=user, after={"purpose": purpose.value})
    return secret


@transaction.atomic
def withdraw_password_link(*, actor: Actor, link: PasswordLink) -> None:
    """End a link before it is used."""
    actor.require_staff()
    record_audit(actor=actor, project=None, action="link_withdrawn", target=link.user)
    link.delete()


@transaction.atomic
def use_password_link(*, secret: str, password: str) -> User:
    """Set the password that the link stands for; the link then is spent."""
    link = find_link(secret, lock=True)
    set_password(link.user, password, field="password")
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    record_audit(
        actor=Actor(user=link.user), project=None, action="link_used", target=link.user, after={"purpose": link.purpose}
    )
    return link.user
