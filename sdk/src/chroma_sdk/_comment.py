"""Comments on datapoints."""

from __future__ import annotations

from typing import Any

from chroma_sdk._connection import Connection
from chroma_sdk._documents.datapoints import DELETE_COMMENT, EDIT_COMMENT


class Comment:
    """What somebody wrote about a datapoint. `Dataset.comments` lists them.

    Attributes
    ----------
    id : str
    author : str or None
        None where the user is gone.
    text : str
    at : str
        As in "2026-11-30T12:00:00+00:00".
    """

    def __init__(self, connection: Connection, stored: Any) -> None:
        self._connection = connection
        self._take(stored)

    def __repr__(self) -> str:
        return f"<Comment by {self.author}: {self.text!r}>"

    def edit(self, text: str) -> Comment:
        """Write it anew, and return it. Only its author may."""
        self._take(self._connection.mutate(EDIT_COMMENT, {"id": self.id, "text": text})["comment"])
        return self

    def delete(self) -> None:
        """Take it back. Owners may do so with everybody's, others with their own."""
        self._connection.mutate(DELETE_COMMENT, {"id": self.id})

    def _take(self, stored: Any) -> None:
        self.id: str = stored["id"]
        self.author: str | None = stored["author"] and stored["author"]["username"]
        self.text: str = stored["text"]
        self.at: str = stored["at"]
