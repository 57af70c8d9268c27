"""What the parts of a project have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from chroma_sdk._home import Home
from chroma_sdk._listing import Listing
from chroma_sdk._noun import Noun

T = TypeVar("T")


class ProjectPart(Noun):
    """Some of the methods of `Project`, all about one subject."""

    def _list(self, document: str, make: Callable[[Home, Any], T], **variables: Any) -> Listing[T]:
        asked = {"projectId": self.id, **variables}
        return Listing(self._connection, document, asked, lambda node: make(self._home, node))

    def _create(self, document: str, **input: Any) -> Any:
        """Make something in the project and return it as the server describes it."""
        payload = self._connection.mutate(document, {"projectId": self.id, **input})
        return next(value for name, value in payload.items() if name != "errors")
