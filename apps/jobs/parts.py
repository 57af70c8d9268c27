"""Jobs that are split: parts run on any worker of the installation, then the job itself runs once more and joins them.

A part is a job with a `parent`. The parent is queued while it waits, so that it holds no worker, and cannot be claimed
while a part is queued or running (querysets.py): the last part that ends sets it free, whoever looks next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from apps.accounts.models import User
from apps.common.errors import Conflict
from apps.jobs import queue
from apps.jobs.handover import Files, name_files
from apps.jobs.health import count_workers
from apps.jobs.leases import queued_again, tell, wait_for_parts
from apps.jobs.models import Job, JobFile, JobState, Lane
from apps.jobs.registry import KINDS


class WaitsForParts(Exception):
    """The job is queued again until its parts are done: this attempt at it is over."""


def split_job(job: Job, *, kind: str, parameters: Sequence[dict[str, Any]], files: Files) -> None:
    """Queue the parts, hand the files over to them, and let go of the job, in the caller's transaction."""
    assert parameters, "a job is split into one part at least"
    assert files, "what is handed over says that the parts still know what to do"
    wait_for_parts(job, len(parameters))
    name_files(job, files)
    Job.objects.bulk_create(
        Job(
            parent=job,
            project=job.project,
            kind=kind,
            title=f"Part {number} of {len(parameters)}",
            lane=KINDS[kind].lane,
            parameters={"part": number, **part},
            requested_by=job.requested_by,
            # In the place of the whole, not behind what its requester asked for since.
            queued_at=job.queued_at,
        )
        for number, part in enumerate(parameters, start=1)
    )
    tell(job)
    _wake_workers_on_commit(Lane(KINDS[kind].lane), len(parameters))


def done_parts(job: Job, kind: str) -> list[Job]:
    """The parts that the job was split into, in their order; none before it was."""
    return list(Job.objects.filter(parent=job, kind=kind, state=JobState.DONE).order_by("parameters__part"))


def retry_parts(whole: Job, requested_by: User | None) -> None:
    """Queue what is missing again, in the transaction that queues the whole. Where nothing is left, it begins anew."""
    parts = Job.objects.filter(parent=whole)
    if parts.active().exists():
        raise Conflict("Parts of this job are still stopping; try again in a moment.", field="id")
    if not JobFile.objects.filter(job=whole).exists():
        parts.delete()
        return
    count = _missing(parts).update(**queued_again(requested_by, "Queued again."))
    if count:
        _wake_workers_on_commit(Lane.HEAVY, count)


def _missing(parts: QuerySet[Job]) -> QuerySet[Job]:
    kept = JobFile.objects.filter(job__in=parts).values("job")
    return parts.exclude(state=JobState.DONE, pk__in=kept)


def _wake_workers_on_commit(lane: Lane, count: int) -> None:
    """Wake as many workers as there is work for; without that the supervisors find it, a second later."""

    def wake_up() -> None:
        for _ in range(min(count, count_workers())):
            queue.wake_up(lane)

    transaction.on_commit(wake_up, robust=True)
