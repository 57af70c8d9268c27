"""A project: everything in it starts here."""

from __future__ import annotations

from typing import Any

from chroma_sdk._connection import Connection
from chroma_sdk._documents.projects import DELETE_PROJECT, RENAME_PROJECT, UPDATE_PROJECT
from chroma_sdk._home import Home
from chroma_sdk._project_analyses import ProjectAnalyses
from chroma_sdk._project_datasets import ProjectDatasets
from chroma_sdk._project_models import ProjectModels
from chroma_sdk._project_people import ProjectPeople
from chroma_sdk._project_slices import ProjectSlices
from chroma_sdk._project_transfer import ProjectTransfer
from chroma_sdk._project_words import ProjectWords
from chroma_sdk._project_work import ProjectWork


class Project(
    ProjectDatasets,
    ProjectWork,
    ProjectAnalyses,
    ProjectSlices,
    ProjectTransfer,
    ProjectModels,
    ProjectWords,
    ProjectPeople,
):
    """A shared workspace. Get one from `Client.project`.

    Attributes
    ----------
    id : str
    name : str
        As in "MNIST".
    full_name : str
        As in "alice/MNIST".
    description : str
    datapoint_count : int
        When it was asked for.
    role : str
        Yours: "viewer", "editor" or "owner".
    url : str
        Where to look at it in a browser.
    """

    def __init__(self, connection: Connection, stored: Any) -> None:
        super().__init__(Home(connection, stored["id"], stored["fullName"]), stored)

    def __repr__(self) -> str:
        return f"<Project {self.full_name!r}>"

    def rename(self, name: str) -> Project:
        """Give it another name in the same namespace, and return it. Only who owns the namespace may."""
        self._take(self._mutate(RENAME_PROJECT, name=name)["project"])
        return self

    def describe(self, description: str) -> Project:
        """Say in at most 500 characters what it is about, and return it."""
        self._take(self._mutate(UPDATE_PROJECT, description=description)["project"])
        return self

    def delete(self) -> None:
        """Delete it with everything in it. It is gone at once; what it held is cleared away in the background."""
        self._mutate(DELETE_PROJECT, confirmName=self.name)

    def _read(self, stored: Any) -> None:
        self.name: str = stored["name"]
        self.full_name: str = stored["fullName"]
        self.description: str = stored["description"]
        self.datapoint_count: int = stored["datapointCount"]
        self.role: str = stored["myRole"].lower()
        self._home.project_name = self.full_name
        self.url = self._home.url
