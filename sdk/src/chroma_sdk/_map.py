"""A map: the two-dimensional places of datapoints, made by a background job."""

from __future__ import annotations

from typing import Any

import numpy as np

from chroma_sdk._arrow import read_table
from chroma_sdk._documents.maps import DELETE_MAP, MAP, RENAME_MAP, RUN_PROJECTION, STOP_PROJECTION
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._map_versions import MapVersions
from chroma_sdk._waiting import wait_for_job


class Map(MapVersions):
    """A projection set: one place for each datapoint of one or several datasets.

    Made by `Project.run_projection`; `Project.maps` lists those that exist.

    Attributes
    ----------
    id : str
    name : str
    method : str
    parameters : dict
        As the server completed and kept them.
    seed : int or None
    notes : list of str
        What the job wants known, such as how many vectors were left out.
    projection_count, context_count, object_count : int
    role : str or None
        "context" or "object" where only such datapoints are on the map.
    datasets : list of str
    created_by : str or None
    created_at : str
    finished_at : str or None
    url : str
        Where to look at it in a browser.
    """

    def __repr__(self) -> str:
        return f"<Map {self.name!r}: {self.projection_count:,} datapoints, {self.url}>"

    @property
    def url(self) -> str:
        """Where to look at it in a browser."""
        return f"{self._home.url}/maps/{self.id}"

    @property
    def quality(self) -> dict[str, Any]:
        """How faithful the map is, measured on a sample.

        Among others "trustworthiness" (1: neighbours on the map are neighbours in the embedding, 0.5: chance) and
        "neighbor_preservation" (share of the nearest neighbours in the embedding that are so on the map, 0 to 1).
        `preservation` tells the same of each datapoint.
        """
        return dict(self._finished()["quality"] or {})

    @property
    def is_stale(self) -> bool:
        """Whether vectors were logged since the map was made."""
        self._refresh()
        return bool(self._stored["stale"])

    @property
    def columns(self) -> list[str]:
        """What `column` can read of this map, such as "preservation"."""
        return [column["name"] for column in self._finished()["columns"]]

    def positions(self, *, components: int = 2) -> np.ndarray[Any, np.dtype[np.float32]]:
        """Return the places.

        Parameters
        ----------
        components : {2, 3}, default 2
            3 for maps that were made with ``n_components=3``.

        Returns
        -------
        positions : ndarray of shape (n, components), float32
            In the order of `members` and `keys`.
        """
        if components not in (2, 3):
            raise InvalidArgument("components", f"got {components!r}, wanted 2 or 3.")
        table = self._array("positions")
        axes = [table.column("x").to_numpy(), table.column("y").to_numpy()]
        return np.column_stack(axes if components == 2 else [*axes, self.column("z")])

    def column(self, name: str) -> np.ndarray[Any, np.dtype[np.float32]]:
        """Return what is known of each datapoint beside its place.

        Parameters
        ----------
        name : str
            One of `columns`: "preservation"; "moved" on later versions of a map; "z" with three components.

        Returns
        -------
        values : ndarray of shape (n,), float32
            In the order of `members` and `keys`; NaN where there is none.

        Raises
        ------
        InvalidArgument
            The map has no such column; the message lists those that it has.
        """
        known = self.columns
        if name not in known:
            listed = f"it has {', '.join(known)}" if known else "it has none"
            raise InvalidArgument("name", f"the map {self.name!r} has no column {name!r}; {listed}.")
        table = self._array(f"columns/{name}")
        present = table.column("present").to_numpy() != 0
        return np.where(present, table.column("value").to_numpy(), np.float32(np.nan))

    def preservation(self) -> np.ndarray[Any, np.dtype[np.float32]]:
        """Return the share of each datapoint's nearest embeddings that are among its nearest points on the map.

        Returns
        -------
        preservation : ndarray of shape (n,), float32
            0 to 1, in the order of `members` and `keys`. Where it is low, the place on the map lies.
        """
        return self.column("preservation")

    def keys(self) -> list[str]:
        """Return the key of each datapoint, in the order of `positions`."""
        return list(self._array("keys").column("key").to_pylist())

    def members(self) -> list[tuple[str, str]]:
        """Return the name of its dataset and the key of each datapoint, in the order of `positions`."""
        table = self._array("keys")
        names = {source["position"]: source["embeddingSet"]["dataset"]["name"] for source in self._stored["sources"]}
        sources = table.column("source").to_pylist()
        return [(names[source], key) for source, key in zip(sources, table.column("key").to_pylist(), strict=True)]

    def wait(self, *, quiet: bool = False) -> Map:
        """Wait until the job is done, with a progress bar. Interrupting (Ctrl-C) leaves the job running.

        Raises
        ------
        JobFailed
            With the reason that the server gives. JobCancelled if somebody cancelled it.
        """
        job = self._stored["job"]
        if job is not None and not self.finished_at:
            title = f"map {self.name!r}"
            wait_for_job(self._connection, job["id"], title=title, url=self.url, quiet=quiet)
        self._refresh()
        return self

    def stop(self, *, wait: bool = True, quiet: bool = False) -> Map:
        """End the layout where it is, keep it, and return the map: good enough. Its `notes` say after which epoch.

        Parameters
        ----------
        wait : bool, default True
            Wait until the map is stored, with its quality measured.
        quiet : bool, default False
            Show no progress bar.

        Raises
        ------
        Conflict
            Its job does not run: it still waits, has ended, or was cancelled. To ask twice is no error.
        """
        self._take(self._mutate(STOP_PROJECTION)["projectionSet"])
        return self.wait(quiet=quiet) if wait else self

    def rename(self, name: str) -> Map:
        """Give it another name, and return it. Raises Conflict if there is a map of that name."""
        self._take(self._mutate(RENAME_MAP, name=name)["projectionSet"])
        return self

    def delete(self) -> None:
        """Delete it; its job is cancelled if it still runs."""
        self._mutate(DELETE_MAP)

    def rerun(self, *, name: str | None = None, wait: bool = True, quiet: bool = False) -> Map:
        """Make a new map of the same embedding sets as they are now, with the same parameters and seed.

        Parameters
        ----------
        name : str, optional
            Name of the new map; otherwise the server names it.
        wait : bool, default True
            Wait until it is done.
        quiet : bool, default False
            Show no progress bar.
        """
        if self.method == "precomputed":
            raise InvalidArgument("method", "positions that were brought along are not computed again.")
        asked = {
            "embeddingSetIds": [source["embeddingSet"]["id"] for source in self._stored["sources"]],
            "method": self.method,
            "parameters": self.parameters,
            "seed": self.seed,
            "name": name,
            "role": self.role and self.role.upper(),
        }
        stored = self._connection.mutate(RUN_PROJECTION, asked, repeatable=False)["projectionSet"]
        made = Map(self._home, stored)
        return made.wait(quiet=quiet) if wait else made

    def _array(self, name: str) -> Any:
        self._finished()
        return read_table(self._connection, f"/bulk/v1/projection-sets/{self.id}/{name}")

    def _finished(self) -> Any:
        """Return the stored map, once its job is done."""
        if not self.finished_at:
            self.wait()
        return self._stored

    def _refresh(self) -> None:
        self._take(self._connection.graphql(MAP, {"id": self.id})["projectionSet"])

    def _read(self, stored: Any) -> None:
        self._stored = stored
        self.name: str = stored["name"]
        self.method: str = stored["projector"]["method"]
        self.parameters: dict[str, Any] = dict(stored["projector"]["parameters"])
        self.seed: int | None = stored["projector"]["seed"]
        self.notes: list[str] = list(stored["notes"])
        self.projection_count: int = stored["projectionCount"]
        self.context_count: int = stored["contextCount"]
        self.object_count: int = stored["objectCount"]
        self.role: str | None = stored["role"] and stored["role"].lower()
        self.datasets: list[str] = [source["embeddingSet"]["dataset"]["name"] for source in stored["sources"]]
        self.created_by: str | None = stored["createdBy"] and stored["createdBy"]["username"]
        self.created_at: str = stored["createdAt"]
        self.finished_at: str | None = stored["finishedAt"]
