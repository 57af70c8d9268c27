"""The background work of a project: maps and jobs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chroma_sdk._dataset import Dataset
from chroma_sdk._documents.jobs import JOB, JOBS
from chroma_sdk._documents.maps import MAPS, RUN_PROJECTION
from chroma_sdk._embedding_set import choose, embedding_sets_of
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._job import Job
from chroma_sdk._listing import Listing, named
from chroma_sdk._map import Map
from chroma_sdk._method_choice import method_parameters
from chroma_sdk._precomputed import send_positions
from chroma_sdk._project_part import ProjectPart
from chroma_sdk._row_choice import check_role


class ProjectWork(ProjectPart):
    """Maps and jobs."""

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
        role: str | None = None,
        n_components: int | None = None,
        engine: str | None = None,
        mode: str | None = None,
        supervised: bool | None = None,
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
            "umap", "tsne", "pacmap", "localmap", "densmap" or "pca", as `Client.projection_methods` lists them, or
            "precomputed" for positions that you bring along.
        model, layer, version : str, optional
            Which embeddings. Needed only where a dataset has several.
        name : str, optional
            Name of the map; otherwise the server names it.
        seed : int, optional
            The same seed gives the same map again.
        positions : array-like of shape (n, 2) or (n, 3), optional
            For "precomputed": a place for each embedding, in the order of `Dataset.embeddings`, dataset after dataset.
        role : {"context", "object"}, optional
            Only whole resources, or only regions inside of them.
        n_components : {2, 3}, optional
            With 3 a third component is stored, for `Map.positions` and `Map.column`; the screen shows the first two.
        engine : {"chroma", "umap-learn", "cuml"}, optional
            Of "umap": who computes. "cuml" needs a GPU on the server.
        mode : {"standard", "fast"}, optional
            Of "umap": "fast" is quicker and a little less faithful.
        supervised : bool, optional
            Of "umap": pull datapoints of one category together, by their current labels. Such a map shows the labels
            too, and is no evidence that they can be told apart.
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
        check_role(role)
        asked_for = method_parameters(
            parameters, n_components=n_components, engine=engine, mode=mode, supervised=supervised
        )
        if not chosen or not all(isinstance(dataset, Dataset) for dataset in chosen):
            raise InvalidArgument("datasets", "wanted a list of at least one Dataset, such as [train, test].")
        if (method == "precomputed") != (positions is not None):
            raise InvalidArgument("positions", "they go with method='precomputed', and only with it.")
        sets = [
            choose(dataset.name, embedding_sets_of(self._home, dataset.id), layer=layer, model=model, version=version)
            for dataset in chosen
        ]
        if positions is not None:
            stored = send_positions(self._connection, self.id, sets=sets, positions=positions, name=name)
        else:
            asked = {
                "embeddingSetIds": [found.id for found in sets],
                "method": method,
                "parameters": asked_for,
                "seed": seed,
                "name": name,
                "role": role and role.upper(),
            }
            stored = self._connection.mutate(RUN_PROJECTION, asked, repeatable=False)["projectionSet"]
        made = Map(self._home, stored)
        return made.wait(quiet=quiet) if wait else made

    def maps(self) -> Listing[Map]:
        """Return all maps, newest first."""
        return self._list(MAPS, Map)

    def map(self, name: str) -> Map:
        """Return the map of this name. Raises NotFound, which lists the choices."""
        return named(self.maps(), name, noun="map", owner=self._home.project_name)

    def jobs(self, *, active: bool | None = None) -> Listing[Job]:
        """Return the background jobs, newest first.

        Parameters
        ----------
        active : bool, optional
            True gives those that wait or run, False those that ended, None all.
        """
        return self._list(JOBS, Job, active=active)

    def job(self, id: str) -> Job:
        """Return the job with this id: jobs have no names. Raises NotFound."""
        return Job(self._home, self._connection.graphql(JOB, {"id": id})["job"])
