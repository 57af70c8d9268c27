"""What all nouns of a project have in common."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from chroma_sdk._home import Home


class Noun:
    """Something of a project that the server keeps under an id."""

    def __init__(self, home: Home, stored: Any) -> None:
        self._home = home
        self._connection = home.connection
        self._take(stored)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.id == other.id

    def __hash__(self) -> int:
        return hash((type(self), self.id))

    def _take(self, stored: Any) -> None:
        """Keep what the server says of it now."""
        self.id: str = stored["id"]
        self._read(stored)

    @abstractmethod
    def _read(self, stored: Any) -> None:
        """Set the attributes from what the server says."""

    def _mutate(self, document: str, **input: Any) -> Any:
        """Change the stored noun, named by its id, and return the payload."""
        return self._connection.mutate(document, {"id": self.id, **input})
