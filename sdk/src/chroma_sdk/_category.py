"""Categories."""

from __future__ import annotations

from typing import Any

from chroma_sdk._documents.datasets import DELETE_CATEGORY, RECOLOUR_CATEGORY, RENAME_CATEGORY
from chroma_sdk._job import Job, job_of
from chroma_sdk._noun import Noun


class Category(Noun):
    """One of the classes that a label or an inference may name. Get one from `Project.category`.

    Attributes
    ----------
    id : str
    name : str
    colour : int
        Its place in the palette.
    """

    def __repr__(self) -> str:
        return f"<Category {self.name!r}>"

    def rename(self, name: str) -> Category:
        """Give it another name, and return it. Raises Conflict if there is a category of that name."""
        self._take(self._mutate(RENAME_CATEGORY, name=name)["category"])
        return self

    def recolour(self, colour: int) -> Category:
        """Give it another colour of the palette, and return it."""
        self._take(self._mutate(RECOLOUR_CATEGORY, colour=colour)["category"])
        return self

    def delete(self) -> Job | None:
        """Delete it: labels and inferences that name it are removed in the background, by the job that is returned."""
        return job_of(self._home, self._mutate(DELETE_CATEGORY))

    def _read(self, stored: Any) -> None:
        self.name: str = stored["name"]
        self.colour: int = stored["colour"]
