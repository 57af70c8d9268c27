"""A map: the two-dimensional places of datapoints, made by a background job."""

from __future__ import annotations

import sys
import time
from typing import Any

import numpy as np

from chroma_sdk._arrow import read_table
from chroma_sdk._connection import Connection
from chroma_sdk._documents import JOB, PROJECTION_SET
from chroma_sdk._errors import JobCancelled, JobFailed
from chroma_sdk._progress import Progress

SHORTEST_PAUSE = 0.25
LONGEST_PAUSE = 2.0


class Map:
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
    url : str
        Where to look at it in a browser.
    """

    def __init__(self, connection: Connection, project_name: str, stored: Any) -> None:
        self._connection = connection
        self._take(stored)
        self.url = f"{connection.url}/projects/{project_name}/maps/{self.id}"

    def __repr__(self) -> str:
        return f"<Map {self.name!r}: {self._stored['projectionCount']:,} datapoints, {self.url}>"

    @property
    def quality(self) -> dict[str, Any]:
        """How faithful the map is, measured on a sample.

        Among others "trustworthiness" (1: neighbours on the map are neighbours in the embedding, 0.5: chance) and
        "neighbor_preservation" (share of the nearest neighbours in the embedding that are so on the map, 0 to 1).
        """
        return dict(self._finished()["quality"] or {})

    @property
    def is_stale(self) -> bool:
        """Whether vectors were logged since the map was made."""
        self._refresh()
        return bool(self._stored["stale"])

    def positions(self) -> np.ndarray[Any, np.dtype[np.float32]]:
        """Return the places.

        Returns
        -------
        positions : ndarray of shape (n, 2), float32
            In the order of `members` and `keys`.
        """
        table = self._read("positions")
        return np.column_stack([table.column("x").to_numpy(), table.column("y").to_numpy()])

    def keys(self) -> list[str]:
        """Return the key of each datapoint, in the order of `positions`."""
        return list(self._read("keys").column("key").to_pylist())

    def members(self) -> list[tuple[str, str]]:
        """Return the name of its dataset and the key of each datapoint, in the order of `positions`."""
        table = self._read("keys")
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
        if job is not None and not self._stored["finishedAt"]:
            try:
                with Progress(self.name, 1.0, unit="", quiet=quiet) as progress:
                    self._watch(job["id"], progress)
            except KeyboardInterrupt:
                sys.stderr.write(f"\nNo longer waiting. The job goes on: {self.url}\n")
                raise
        self._refresh()
        return self

    def _watch(self, job_id: str, progress: Progress) -> None:
        pause = SHORTEST_PAUSE
        while True:
            job = self._connection.graphql(JOB, {"id": job_id})["job"]
            if job["state"] == "DONE":
                progress.show(self.name, 1.0)
                return
            if job["state"] == "FAILED":
                raise JobFailed(f"The map {self.name!r} could not be made: {job['error']}", job_id=job_id)
            if job["state"] == "CANCELLED":
                raise JobCancelled(f"The job of the map {self.name!r} was cancelled.", job_id=job_id)
            progress.show(f"{self.name}: {_phase(job)}", job["fraction"])
            time.sleep(pause)
            pause = min(pause * 1.2, LONGEST_PAUSE)

    def _read(self, array: str) -> Any:
        self._finished()
        return read_table(self._connection, f"/bulk/v1/projection-sets/{self.id}/{array}")

    def _finished(self) -> Any:
        """Return the stored map, once its job is done."""
        if not self._stored["finishedAt"]:
            self.wait()
        return self._stored

    def _refresh(self) -> None:
        self._take(self._connection.graphql(PROJECTION_SET, {"id": self.id})["projectionSet"])

    def _take(self, stored: Any) -> None:
        self._stored = stored
        self.id: str = stored["id"]
        self.name: str = stored["name"]
        self.method: str = stored["projector"]["method"]
        self.parameters: dict[str, Any] = dict(stored["projector"]["parameters"])
        self.seed: int | None = stored["projector"]["seed"]
        self.notes: list[str] = list(stored["notes"])


def _phase(job: Any) -> str:
    if job["state"] == "QUEUED":
        return f"queued, number {job['queuePosition']}" if job["queuePosition"] else "queued"
    return str(job["phase"] or "running")
