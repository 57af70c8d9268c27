"""What staff does to people's accounts. The services stand here and not in accounts because they are audited."""

from __future__ import annotations

from django.db import transaction

from apps.accounts.actor import Actor
from apps.accounts.models import PasswordLink, User
from apps.accounts.usernames import validate_username
from apps.common.conflicts import refuse_duplicate
from apps.common.errors import BadUserInput
from apps.projects.journal import record_audit
from apps.projects.services.passwords import create_password_link


@transaction.atomic
def invite_user(*, actor: Actor, username: str, email: str = "", is_staff: bool = False) -> tuple[User, str]:
    """Make an account without a password. The second value is the secret of the link by which its user sets one."""
    actor.require_staff()
    if not validate_username.regex.search(username):  # type: ignore[union-attr]
        raise BadUserInput(str(validate_username.message), field="username")
    user = User(username=username, email=email, is_staff=is_staff, is_superuser=is_staff)
    user.set_unusable_password()
    with refuse_duplicate(f"There is a user {username}.", field="username"):
        user.save(force_insert=True)
    record_audit(actor=actor, project=None, action="invited", target=user, after={"is_staff": is_staff})
    return user, create_password_link(actor=actor, user=user, purpose=PasswordLink.Purpose.INVITE)


@transaction.atomic
def update_user(*, actor: Actor, user: User, email: str, is_staff: bool, is_active: bool) -> User:
    """Change an account. Staff may do everything in the admin; there is nothing in between."""
    actor.require_staff()
    if user.pk == actor.user.pk and not (is_staff and is_active):
        raise BadUserInput("You cannot disable yourself or take the admin from yourself; ask another administrator.")
    before = {"email": user.email, "is_staff": user.is_staff, "is_active": user.is_active}
    user.email, user.is_staff, user.is_superuser, user.is_active = email, is_staff, is_staff, is_active
    user.save(update_fields=["email", "is_staff", "is_superuser", "is_active"])
    after = {"email": email, "is_staff": is_staff, "is_active": is_active}
    record_audit(actor=actor, project=None, action="updated", target=user, before=before, after=after)
    return user
