"""Waits for background jobs, with a progress bar."""

from __future__ import annotations

import sys
import time
from typing import Any

from chroma_sdk._connection import Connection
from chroma_sdk._documents.jobs import JOB
from chroma_sdk._errors import JobCancelled, JobFailed
from chroma_sdk._progress import Progress

SHORTEST_PAUSE = 0.25
LONGEST_PAUSE = 2.0


def wait_for_job(connection: Connection, job_id: str, *, title: str, url: str, quiet: bool = False) -> Any:
    """Wait until a job is done and return it as the server describes it. Interrupting (Ctrl-C) leaves it running.

    Raises
    ------
    JobFailed
        With the reason that the server gives. JobCancelled if somebody cancelled it.
    """
    try:
        with Progress(title, 1.0, unit="", quiet=quiet) as progress:
            return _watch(connection, job_id, title, progress)
    except KeyboardInterrupt:
        sys.stderr.write(f"\nNo longer waiting. The job goes on: {url}\n")
        raise


def _watch(connection: Connection, job_id: str, title: str, progress: Progress) -> Any:
    pause = SHORTEST_PAUSE
    while True:
        job = connection.graphql(JOB, {"id": job_id})["job"]
        if job["state"] == "DONE":
            progress.show(title, 1.0)
            return job
        if job["state"] == "FAILED":
            raise JobFailed(f"{title} failed: {job['error']}", job_id=job_id)
        if job["state"] == "CANCELLED":
            raise JobCancelled(f"{title} was cancelled.", job_id=job_id)
        progress.show(f"{title}: {_phase(job)}", job["fraction"])
        time.sleep(pause)
        pause = min(pause * 1.2, LONGEST_PAUSE)


def _phase(job: Any) -> str:
    if job["state"] == "QUEUED" and not job["parts"]:
        return f"queued, number {job['queuePosition']}" if job["queuePosition"] else "queued"
    return str(job["phase"] or "running")
