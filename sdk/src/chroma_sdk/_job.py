"""Background jobs."""

from __future__ import annotations

from typing import Any

from chroma_sdk._documents.jobs import CANCEL_JOB, DELETE_JOB, JOB, RETRY_JOB
from chroma_sdk._home import Home
from chroma_sdk._noun import Noun
from chroma_sdk._waiting import wait_for_job


class Job(Noun):
    """Work that the server does in the background. `Project.jobs` lists them.

    Attributes
    ----------
    id : str
    kind : str
        As in "projections.run".
    title : str
    state : str
        "queued", "running", "done", "failed" or "cancelled", when it was asked for.
    phase : str
        What it is doing.
    fraction : float or None
        How much is done, 0 to 1; None where that cannot be counted.
    error : str
        Why it failed.
    log : str
    requested_by : str or None
    parts : dict of str to int, or None
        How many parts it was split into ("count") and how many are "queued", "running", "done", "failed", "cancelled";
        None where it was not split.
    created_at, started_at, finished_at : str or None
        As in "2026-11-30T12:00:00+00:00".
    """

    def __repr__(self) -> str:
        return f"<Job {self.id}: {self.title!r}, {self.state}>"

    def refresh(self) -> Job:
        """Ask again how it stands, and return it."""
        self._take(self._connection.graphql(JOB, {"id": self.id})["job"])
        return self

    def wait(self, *, quiet: bool = False) -> Job:
        """Wait until it is done, with a progress bar. Interrupting (Ctrl-C) leaves it running.

        Raises
        ------
        JobFailed
            With the reason that the server gives. JobCancelled if somebody cancelled it.
        """
        url = f"{self._home.url}/jobs"
        self._take(wait_for_job(self._connection, self.id, title=self.title, url=url, quiet=quiet))
        return self

    def cancel(self) -> Job:
        """Stop it. Raises Conflict if it has ended."""
        self._take(self._mutate(CANCEL_JOB)["job"])
        return self

    def retry(self) -> Job:
        """Run it again. Raises Conflict unless it failed or was cancelled."""
        self._take(self._mutate(RETRY_JOB)["job"])
        return self

    def delete(self) -> None:
        """Take it off the list. Raises Conflict unless it has ended."""
        self._mutate(DELETE_JOB)

    def _read(self, stored: Any) -> None:
        self.kind: str = stored["kind"]
        self.title: str = stored["title"]
        self.state: str = stored["state"].lower()
        self.phase: str = stored["phase"]
        self.fraction: float | None = stored["fraction"]
        self.error: str = stored["error"]
        self.log: str = stored["log"]
        self.requested_by: str | None = stored["requestedBy"] and stored["requestedBy"]["username"]
        self.parts: dict[str, int] | None = stored["parts"]
        self.created_at: str = stored["createdAt"]
        self.started_at: str | None = stored["startedAt"]
        self.finished_at: str | None = stored["finishedAt"]


def job_of(home: Home, payload: Any) -> Job | None:
    """Return the job that a mutation started, if it needed one."""
    return Job(home, payload["job"]) if payload["job"] else None
