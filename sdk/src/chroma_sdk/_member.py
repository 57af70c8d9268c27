"""Members of a project."""

from __future__ import annotations

from typing import Any

from chroma_sdk._documents.people import CHANGE_ROLE, REMOVE_MEMBER
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._noun import Noun

ROLES = ("viewer", "editor", "owner")


class Member(Noun):
    """Somebody's right in a project. Get one from `Project.member`.

    Attributes
    ----------
    id : str
    name : str
        The user's.
    role : str
        "viewer", "editor" or "owner".
    has_accepted : bool
        Whether the invitation was accepted; before that there is no right.
    invited_by : str or None
    """

    def __repr__(self) -> str:
        return f"<Member {self.name!r}: {self.role}{'' if self.has_accepted else ', invited'}>"

    def change_role(self, role: str) -> Member:
        """Make the member a "viewer", "editor" or "owner", and return it."""
        changed = {"membershipId": self.id, "role": as_role(role)}
        self._take(self._connection.mutate(CHANGE_ROLE, changed)["membership"])
        return self

    def remove(self) -> None:
        """Take the right away. A project keeps at least one owner."""
        self._connection.mutate(REMOVE_MEMBER, {"membershipId": self.id})

    def _read(self, stored: Any) -> None:
        self.name: str = stored["user"]["username"]
        self.role: str = stored["role"].lower()
        self.has_accepted: bool = stored["acceptedAt"] is not None
        self.invited_by: str | None = stored["invitedBy"] and stored["invitedBy"]["username"]


def as_role(role: str) -> str:
    """Return the role as the server spells it."""
    if role not in ROLES:
        raise InvalidArgument("role", f"got {role!r}, wanted one of {', '.join(ROLES)}.")
    return role.upper()
