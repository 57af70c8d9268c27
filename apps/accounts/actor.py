"""Who is acting: a user, and the API token by which they came, if any."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from apps.accounts.models import ApiToken, TokenScope, User
from apps.common.errors import Forbidden


@dataclass(frozen=True)
class Actor:
    """A signed-in user; through a token they can do at most what the token's scope and project allow."""

    user: User
    token: ApiToken | None = None
    # Staff at work in the admin, where no membership is needed; true for no other door.
    as_staff: bool = False

    @property
    def may_write(self) -> bool:
        return self.token is None or self.token.scope == TokenScope.WRITE

    @property
    def only_project_id(self) -> UUID | None:
        """The one project that the token is limited to, or None for all of the user's projects."""
        return self.token.project_id if self.token else None

    def require_write(self) -> None:
        if not self.may_write:
            raise Forbidden("This token has scope read; this needs a token with scope write.")

    def require_staff(self) -> None:
        if not self.as_staff:
            raise Forbidden("Only staff does this, in the admin.")
