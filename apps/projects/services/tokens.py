"""API tokens: made and revoked by people who signed in with their password, never by a token.

They stand here and not in accounts because a token may be limited to a project, and because their making is audited.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.accounts.models import ApiToken, TokenScope
from apps.accounts.tokens import PREFIX_LENGTH, digest_of, new_secret
from apps.common.errors import BadUserInput, Conflict, Forbidden
from apps.common.names import clean_name
from apps.projects.journal import record_audit
from apps.projects.models import Project

MOST_DAYS = 365


@transaction.atomic
def create_api_token(
    *,
    actor: Actor,
    name: str,
    scope: TokenScope = TokenScope.WRITE,
    expires_days: int | None = None,
    project: Project | None = None,
) -> tuple[ApiToken, str]:
    """Make a token for the actor. The second value is its secret, which nobody can read again."""
    _require_session(actor)
    if expires_days is not None and not 1 <= expires_days <= MOST_DAYS:
        raise BadUserInput(f"A token lasts 1 to {MOST_DAYS} days, or has no end.", field="expiresDays")
    secret = new_secret()
    token = ApiToken.objects.create(
        user=actor.user,
        name=clean_name(name, what="The token's name"),
        prefix=secret[:PREFIX_LENGTH],
        digest=digest_of(secret),
        scope=scope,
        project_id=project.pk if project else None,
        expires_at=timezone.now() + timedelta(days=expires_days) if expires_days else None,
    )
    record_audit(
        actor=actor,
        project=project,
        action="token_created",
        target=token,
        after={"scope": scope.value, "expires_days": expires_days},
    )
    return token, secret


@transaction.atomic
def revoke_api_token(*, actor: Actor, token: ApiToken) -> ApiToken:
    """End a token at once."""
    _require_session(actor)
    if token.revoked_at is not None:
        raise Conflict(f"This token was revoked on {token.revoked_at:%Y-%m-%d}.", field="id")
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    project = Project.objects.filter(pk=token.project_id).first() if token.project_id else None
    record_audit(actor=actor, project=project, action="token_revoked", target=token)
    return token


def _require_session(actor: Actor) -> None:
    if actor.token is not None:
        raise Forbidden(
            "A token cannot make or revoke tokens. Sign in with your password and do it on the account page."
        )
