"""Whose request this seems to be, asked before it is let in: for sharing out, never for access.

Nothing is written: who asks thousands of times a second must not make the database work for it.
"""

from __future__ import annotations

from uuid import UUID

from apps.accounts.credentials import Credential
from apps.accounts.tokens import find_token, secret_in
from apps.common.errors import Unauthenticated


def user_of(credential: Credential) -> UUID | None:
    """The user's id; None where the token, the session or the user holds no more."""
    try:
        if credential.header:
            return find_token(secret_in(credential.header)).user_id
        return credential.actor().user.pk
    except Unauthenticated:
        return None
