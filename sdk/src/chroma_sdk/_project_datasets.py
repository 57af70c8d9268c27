"""The datasets of a project."""

from __future__ import annotations

from chroma_sdk._dataset import Dataset
from chroma_sdk._dataset_names import as_kind, check_kind, check_name
from chroma_sdk._documents.datasets import CREATE_DATASET, DATASETS, GET_OR_CREATE_DATASET
from chroma_sdk._errors import InvalidArgument, NotFound
from chroma_sdk._listing import Listing, named
from chroma_sdk._project_part import ProjectPart


class ProjectDatasets(ProjectPart):
    """Datasets."""

    def dataset(self, name: str, *, kind: str | None = None, create: bool = True) -> Dataset:
        """Get a dataset, or make it.

        Parameters
        ----------
        name : str
        kind : {"training", "test", "validation", "production", "other"}, optional
            What it is for. Another kind than the stored one is an error; None takes what is stored ("other" when made).
        create : bool, default True
            Whether a dataset that is missing is made.

        Raises
        ------
        NotFound
            There is none, and it is not made; the message lists the choices.
        """
        check_name(name, "'train'")
        check_kind(kind)
        try:
            found = named(self.datasets(), name.strip(), noun="dataset", owner=self._home.project_name)
        except NotFound:
            if not create:
                raise
            stored = self._create(GET_OR_CREATE_DATASET, name=name, kind=(kind or "other").upper())
            found = Dataset(self._home, stored)
        if kind not in (None, found.kind):
            problem = f"{self._home.project_name} has {name!r} as a {found.kind} dataset, got {kind!r}."
            raise InvalidArgument("kind", problem)
        return found

    def datasets(self) -> Listing[Dataset]:
        """Return all datasets."""
        return self._list(DATASETS, Dataset)

    def create_dataset(self, name: str, *, kind: str = "other") -> Dataset:
        """Make a dataset. Raises Conflict if there is one of that name; `dataset` takes that one."""
        return Dataset(self._home, self._create(CREATE_DATASET, name=name, kind=as_kind(kind)))
