"""What a WebSocket was opened with, kept to ask again and again whether it still holds."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from apps.accounts.actor import Actor
from apps.accounts.models import User
from apps.accounts.tokens import actor_for_header
from apps.common.errors import Unauthenticated


@dataclass(frozen=True)
class Credential:
    """A session's key or an Authorization header, exactly one of them."""

    session_key: str = ""
    header: str = ""

    def __repr__(self) -> str:
        return "Credential(…)"

    def actor(self) -> Actor:
        """Who acts by it now. Raises Unauthenticated once the session, the token or the user has ended."""
        if self.header:
            return actor_for_header(self.header)
        request = HttpRequest()
        request.session = SessionStore(self.session_key)
        user = get_user(request)
        if not isinstance(user, User) or not user.is_active:
            raise Unauthenticated("You are signed out. Sign in again.")
        return Actor(user=user)
