"""API tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chroma_sdk._connection import Connection
from chroma_sdk._documents.people import REVOKE_TOKEN


class Token:
    """An API token of yours; what it is good for, not the secret itself. `Account.tokens` lists them.

    Attributes
    ----------
    id : str
    name : str
    prefix : str
        The first characters of the secret, to tell it from others.
    scope : str
        "read" or "write".
    project : str or None
        The only project that it opens; None for all that you are a member of.
    created_at, expires_at, revoked_at, last_used_at : str or None
    """

    def __init__(self, connection: Connection, stored: Any) -> None:
        self._connection = connection
        self._take(stored)

    def __repr__(self) -> str:
        return f"<Token {self.name!r} ({self.prefix}…): {self.scope}{', revoked' if self.revoked_at else ''}>"

    def revoke(self) -> Token:
        """End it for ever, and return it. Raises Conflict if it has ended."""
        self._take(self._connection.mutate(REVOKE_TOKEN, {"id": self.id})["apiToken"])
        return self

    def _take(self, stored: Any) -> None:
        self.id: str = stored["id"]
        self.name: str = stored["name"]
        self.prefix: str = stored["prefix"]
        self.scope: str = stored["scope"].lower()
        self.project: str | None = stored["project"] and stored["project"]["fullName"]
        self.created_at: str = stored["createdAt"]
        self.expires_at: str | None = stored["expiresAt"]
        self.revoked_at: str | None = stored["revokedAt"]
        self.last_used_at: str | None = stored["lastUsedAt"]


@dataclass(frozen=True)
class NewToken:
    """A token that was just made.

    Attributes
    ----------
    secret : str
        What programs send. The server shows it this once.
    token : Token
    """

    secret: str
    token: Token

    def __repr__(self) -> str:
        return f"<NewToken {self.token.name!r}: its secret is the attribute `secret`, and is shown nowhere else>"
