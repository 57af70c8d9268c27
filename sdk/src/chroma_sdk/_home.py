"""The project that things belong to, as far as they need to know it."""

from __future__ import annotations

from dataclasses import dataclass

from chroma_sdk._connection import Connection


@dataclass
class Home:
    """Shared by a project and everything read from it, so that a new name is known to all of them."""

    connection: Connection
    project_id: str
    project_name: str

    @property
    def url(self) -> str:
        """Where to look at the project in a browser."""
        return f"{self.connection.url}/projects/{self.project_name}"
