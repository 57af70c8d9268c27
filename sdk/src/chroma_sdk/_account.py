"""Your account, which only your password opens: no token makes or ends tokens, so a stolen one makes no others."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from chroma_sdk._connection import Connection
from chroma_sdk._documents.people import CREATE_TOKEN, TOKENS
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._listing import Listing, named
from chroma_sdk._project import Project
from chroma_sdk._signed_in import SignedIn
from chroma_sdk._token import NewToken, Token


class Account:
    """Your API tokens. Get one from `Client.sign_in`, and use it as a context manager, which signs out at the end."""

    def __init__(self, connection: Connection, username: str, password: str) -> None:
        self._connection = SignedIn(connection.url)
        self._connection.sign_in(username, password)
        self.username = username

    def __repr__(self) -> str:
        return f"<Account of {self.username}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.sign_out()

    def sign_out(self) -> None:
        """End the session."""
        self._connection.sign_out()

    def tokens(self) -> Listing[Token]:
        """Return your API tokens, also those that have ended; their secrets are known only to who made them."""
        return Listing(self._connection, TOKENS, {}, lambda node: Token(self._connection, node))

    def token(self, name: str) -> Token:
        """Return the token of this name that is not revoked. Raises NotFound, which lists the choices."""
        living = [token for token in self.tokens() if not token.revoked_at]
        return named(living, name, noun="token", owner=self.username)

    def create_token(
        self, name: str, *, scope: str = "read", expires_days: int | None = None, project: Project | None = None
    ) -> NewToken:
        """Make an API token.

        Parameters
        ----------
        name : str
            What it is for.
        scope : {"read", "write"}, default "read"
        expires_days : int, optional
            1 to 365; None for a token without end.
        project : Project, optional
            The only project that it opens.

        Returns
        -------
        made : NewToken
            Holds the secret, which is shown this once.
        """
        if scope not in ("read", "write"):
            raise InvalidArgument("scope", f"got {scope!r}, wanted 'read' or 'write'.")
        asked = {
            "name": name,
            "scope": scope.upper(),
            "expiresDays": expires_days,
            "projectId": None if project is None else project.id,
        }
        made = self._connection.mutate(CREATE_TOKEN, asked, repeatable=False)
        return NewToken(made["secret"], Token(self._connection, made["apiToken"]))
