"""Tags."""

from __future__ import annotations

from typing import Any

from chroma_sdk._documents.datasets import DELETE_TAG, RENAME_TAG
from chroma_sdk._noun import Noun


class Tag(Noun):
    """A short free name put on datapoints. Get one from `Project.tag`.

    Attributes
    ----------
    id : str
    name : str
    datapoint_count : int
        How many datapoints carried it when it was asked for.
    """

    def __repr__(self) -> str:
        return f"<Tag {self.name!r}: {self.datapoint_count:,} datapoints>"

    def rename(self, name: str) -> Tag:
        """Give it another name, and return it. Raises Conflict if there is a tag of that name."""
        self._take(self._mutate(RENAME_TAG, name=name)["tag"])
        return self

    def delete(self) -> None:
        """Delete it, and so take it off all datapoints."""
        self._mutate(DELETE_TAG)

    def _read(self, stored: Any) -> None:
        self.name: str = stored["name"]
        self.datapoint_count: int = stored["datapointCount"]
