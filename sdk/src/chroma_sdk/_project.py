"""A project: its datasets and maps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chroma_sdk._connection import Connection
from chroma_sdk._dataset import Dataset
from chroma_sdk._documents import DATASETS, GET_OR_CREATE_DATASET, PROJECTION_SETS, RUN_PROJECTION
from chroma_sdk._embedding_sets import choose, list_embedding_sets
from chroma_sdk._errors import InvalidArgument, NotFound
from chroma_sdk._map import Map
from chroma_sdk._pages import read_pages
from chroma_sdk._precomputed import send_positions

KINDS = ("training", "test", "validation", "production", "other")


class Project:
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
        self._connection = connection
        self.id: str = stored["id"]
        self.name: str = stored["name"]
        self.full_name: str = stored["fullName"]
        self.description: str = stored["description"]
        self.datapoint_count: int = stored["datapointCount"]
        self.role: str = stored["myRole"].lower()
        self.url = f"{connection.url}/projects/{self.full_name}"

    def __repr__(self) -> str:
        return f"<Project {self.full_name!r}>"

    def dataset(self, name: str, *, kind: str | None = None, create: bool = True) -> Dataset:
        """Get a dataset, or make it.

        Parameters
        ----------
        name : str
        kind : {"training", "test", "validation", "production", "other"}, optional
            What it is for. Another kind than the stored one is an error; None takes what is stored ("other" when made).
        create : bool, default True
            Whether a dataset that is missing is made.
        """
        if not str(name).strip():
            raise InvalidArgument("name", f"got {name!r}, wanted a name such as 'train'.")
        if kind is not None and kind not in KINDS:
            raise InvalidArgument("kind", f"got {kind!r}, wanted one of {', '.join(KINDS)}.")
        found = next((dataset for dataset in self.datasets() if dataset.name == name.strip()), None)
        if found is None and not create:
            raise NotFound(f"{self.full_name} has no dataset {name!r}.", code="NOT_FOUND", field="name")
        if found is None:
            asked = {"projectId": self.id, "name": name, "kind": (kind or "other").upper()}
            stored = self._connection.mutate(GET_OR_CREATE_DATASET, asked)["dataset"]
            found = Dataset(self._connection, self.id, self.full_name, stored)
        if kind not in (None, found.kind):
            raise InvalidArgument("kind", f"{self.full_name} has {name!r} as a {found.kind} dataset, got {kind!r}.")
        return found

    def datasets(self) -> list[Dataset]:
        """Return all datasets of the project."""
        pages = read_pages(self._connection, DATASETS, {"projectId": self.id})
        return [Dataset(self._connection, self.id, self.full_name, node) for node in pages]

    def run_projection(
        self,
        datasets: Sequence[Dataset],
        *,
        method: str = "umap",
        model: str | None = None,
        layer: str | None = None,
        version: str | None = None,
        name: str | None = None,
        seed: int | None = None,
        positions: Any = None,
        wait: bool = True,
        quiet: bool = False,
        **parameters: Any,
    ) -> Map:
        """Make one map of the embeddings of one or several datasets, in a background job.

        Parameters
        ----------
        datasets : sequence of Dataset
            Their embeddings must come from the same layer, or at least have the same dimension.
        method : str, default "umap"
            "umap", "pca", or "precomputed" for positions that you bring along.
        model, layer, version : str, optional
            Which embeddings. Needed only where a dataset has several.
        name : str, optional
            Name of the map; otherwise the server names it.
        seed : int, optional
            The same seed gives the same map again.
        positions : array-like of shape (n, 2), optional
            For "precomputed": a place for each embedding, in the order of `Dataset.embeddings`, dataset after dataset.
        wait : bool, default True
            Wait until it is done, with a progress bar. Interrupting (Ctrl-C) leaves the job running.
        quiet : bool, default False
            Show no progress bar.
        **parameters
            Of the method, such as ``n_neighbors=30, min_dist=0.05``. The server says what is allowed.

        Returns
        -------
        map : Map

        Raises
        ------
        InvalidArgument
            The embeddings are not there, or it is not clear which are meant; the message lists the choices.
        JobFailed
            The job failed; the message is the server's reason.
        """
        chosen = list(datasets)
        if not chosen or not all(isinstance(dataset, Dataset) for dataset in chosen):
            raise InvalidArgument("datasets", "wanted a list of at least one Dataset, such as [train, test].")
        if (method == "precomputed") != (positions is not None):
            raise InvalidArgument("positions", "they go with method='precomputed', and only with it.")
        sets = [
            choose(
                dataset.name,
                list_embedding_sets(self._connection, dataset.id),
                layer=layer,
                model=model,
                version=version,
            )
            for dataset in chosen
        ]
        if positions is not None:
            stored = send_positions(self._connection, self.id, sets=sets, positions=positions, name=name)
        else:
            asked = {
                "embeddingSetIds": [found.id for found in sets],
                "method": method,
                "parameters": parameters,
                "seed": seed,
                "name": name,
            }
            stored = self._connection.mutate(RUN_PROJECTION, asked, repeatable=False)["projectionSet"]
        made = Map(self._connection, self.full_name, stored)
        return made.wait(quiet=quiet) if wait else made

    def maps(self) -> list[Map]:
        """Return all maps of the project, newest first."""
        pages = read_pages(self._connection, PROJECTION_SETS, {"projectId": self.id})
        return [Map(self._connection, self.full_name, node) for node in pages]
