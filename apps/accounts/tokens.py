"""API tokens as text: `chr_` and 43 characters for 256 random bits. Only the SHA-256 digest is stored."""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
from datetime import datetime, timedelta

from django.db import OperationalError
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.accounts.models import ApiToken
from apps.common.errors import Unauthenticated
from apps.common.outages import outage

logger = logging.getLogger(__name__)
TOKEN_FORM = re.compile(r"chr_[A-Za-z0-9_-]{43}")
PREFIX_LENGTH = 12
# `last_used_at` is written at most this often, so that reading does not write.
LAST_USED_STEP = timedelta(minutes=1)


def new_secret() -> str:
    return f"chr_{secrets.token_urlsafe(32)}"


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def actor_for_header(header: str) -> Actor:
    """The actor named by an Authorization header. Raises Unauthenticated with the reason."""
    return actor_for_secret(secret_in(header))


def secret_in(header: str) -> str:
    """What an Authorization header brings. Raises Unauthenticated where it is of another kind."""
    scheme, _, secret = header.partition(" ")
    if scheme.lower() != "bearer" or not secret:
        raise Unauthenticated("Authorization must be 'Bearer chr_…'.")
    return secret.strip()


def actor_for_secret(secret: str) -> Actor:
    """The actor whose token this is. What is wrong with a token is told only to who holds its secret."""
    token = find_token(secret)
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > LAST_USED_STEP:
        _note_use(token, now)
    return Actor(user=token.user, token=token)


def find_token(secret: str) -> ApiToken:
    """The token with this secret, if it can be used. Raises Unauthenticated with the reason."""
    if not TOKEN_FORM.fullmatch(secret):
        raise Unauthenticated("This is not a Chroma token.")
    token = ApiToken.objects.select_related("user").filter(digest=digest_of(secret)).first()
    if token is None:
        raise Unauthenticated("This is not a Chroma token.")
    if token.revoked_at is not None:
        raise Unauthenticated(f"This token was revoked on {token.revoked_at:%Y-%m-%d}.")
    if token.expires_at is not None and token.expires_at <= timezone.now():
        raise Unauthenticated(f"This token expired on {token.expires_at:%Y-%m-%d}.")
    if not token.user.is_active:
        raise Unauthenticated("The user of this token is disabled.")
    return token


def _note_use(token: ApiToken, now: datetime) -> None:
    """As far as that can be written: where the disk is full or the database locked, reading goes on."""
    try:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    except OperationalError as problem:
        if outage(problem) is None:
            raise
        logger.warning("The last use of the token %s… could not be written", token.prefix)
