"""The supervisor's look at the jobs that its own processes run: who died, who takes too much, who does not stop."""

from __future__ import annotations

import contextlib
import os
import signal
import uuid
from datetime import timedelta

import psutil
from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Now

from apps.jobs import leases
from apps.jobs.models import Job, JobState

# How long a job may take to see that it was cancelled; then its process is killed.
CANCEL_GRACE = timedelta(seconds=3)


def look_after_running(worker_id: uuid.UUID) -> None:
    """Let go of jobs whose process is gone, sooner than their lease runs out; end those that must not go on."""
    ours = Job.objects.filter(state=JobState.RUNNING, worker_id=worker_id).select_related("project")
    for job in ours:
        used = _memory_of(job.process_id)
        if used is None:
            leases.release(job, "the worker's process was killed, by a person or for want of memory.")
        elif used > settings.CHROMA_JOB_MEMORY:
            _stop_for_want_of_memory(job)
    _stop_cancelled(ours)


def _stop_for_want_of_memory(job: Job) -> None:
    """A second attempt would need as much: the job has failed."""
    limit = settings.CHROMA_JOB_MEMORY / 2**30
    leases.fail(
        job,
        f"The job was stopped: it needed more than {limit:.1f} GiB of memory, the limit of this worker. Use fewer "
        "datapoints, or let the operator raise CHROMA_JOB_MEMORY.",
    )
    _kill(job)


def _stop_cancelled(ours: QuerySet[Job]) -> None:
    """Kill what does not stop by itself: what it has not committed is undone."""
    for job in ours.filter(cancel_requested_at__lt=Now() - CANCEL_GRACE):
        _kill(job)
        leases.cancel(job)


def _kill(job: Job) -> None:
    assert job.process_id is not None
    with contextlib.suppress(ProcessLookupError):
        os.kill(job.process_id, signal.SIGKILL)


def _memory_of(pid: int | None) -> int | None:
    """Bytes that the process holds; None where there is no such process any more."""
    try:
        process = psutil.Process(pid) if pid is not None else None
        if process is None or process.status() == psutil.STATUS_ZOMBIE:
            return None
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return None
