"""The people of a project."""

from __future__ import annotations

from chroma_sdk._documents.people import INVITE_MEMBER, MEMBERS
from chroma_sdk._listing import Listing, named
from chroma_sdk._member import Member, as_role
from chroma_sdk._project_part import ProjectPart


class ProjectPeople(ProjectPart):
    """Members and invited people."""

    def members(self) -> Listing[Member]:
        """Return all members, and who is invited."""
        return self._list(MEMBERS, Member)

    def member(self, name: str) -> Member:
        """Return the member of this username. Raises NotFound, which lists the choices."""
        return named(self.members(), name, noun="member", owner=self._home.project_name)

    def invite(self, name: str, *, role: str = "viewer") -> Member:
        """Invite a user, who becomes a member by accepting.

        Parameters
        ----------
        name : str
            The username.
        role : {"viewer", "editor", "owner"}, default "viewer"
        """
        return Member(self._home, self._create(INVITE_MEMBER, username=name, role=as_role(role)))
