"""Invitations into projects."""

from __future__ import annotations

from typing import Any

from chroma_sdk._connection import Connection
from chroma_sdk._documents.people import ACCEPT_INVITATION, DECLINE_INVITATION


class Invitation:
    """Somebody asked you into a project. `Client.invitations` lists them.

    Attributes
    ----------
    id : str
    project : str
        As in "alice/MNIST".
    role : str
    invited_by : str or None
    """

    def __init__(self, connection: Connection, stored: Any) -> None:
        self._connection = connection
        self.id: str = stored["id"]
        self.project: str = stored["projectName"]
        self.role: str = stored["role"].lower()
        self.invited_by: str | None = stored["invitedBy"] and stored["invitedBy"]["username"]

    def __repr__(self) -> str:
        return f"<Invitation to {self.project!r} as {self.role}>"

    def accept(self) -> None:
        """Become a member of the project."""
        self._connection.mutate(ACCEPT_INVITATION, {"membershipId": self.id})

    def decline(self) -> None:
        """Stay away from it."""
        self._connection.mutate(DECLINE_INVITATION, {"membershipId": self.id})
