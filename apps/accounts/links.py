"""One-time links: a secret of 256 bits by which its user sets a password once. Only the digest is stored."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.utils import timezone

from apps.accounts.models import PasswordLink
from apps.accounts.tokens import digest_of
from apps.common.errors import NotFound

LIFETIME = timedelta(days=7)


def new_link_secret() -> str:
    return secrets.token_urlsafe(32)


def find_link(secret: str, *, lock: bool = False) -> PasswordLink:
    """The link with this secret, if it can still be used. Raises NotFound, whatever the reason."""
    links = PasswordLink.objects.select_related("user")
    if lock:
        links = links.select_for_update(of=("self",))
    link = links.filter(digest=digest_of(secret)).first()
    usable = link and link.used_at is None and link.expires_at > timezone.now() and link.user.is_active
    if not link or not usable:
        raise NotFound("This link was used already, or is too old. Ask an administrator for another.")
    return link
