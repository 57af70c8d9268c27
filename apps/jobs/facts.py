"""What is said of a job beside its stored facts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from uuid import UUID

from django.db.models import Count

from apps.common.pages import once_per_page
from apps.jobs.models import ACTIVE_STATES, Job, JobState
from apps.jobs.registry import KINDS


def fraction_of(job: Job) -> float | None:
    """How much of the phase is done, 0 … 1; None where it cannot be counted."""
    return min(1.0, job.done / job.total) if job.total else None


def can_cancel(job: Job) -> bool:
    is_whole = job.parent_id is None
    return job.state in ACTIVE_STATES and job.cancel_requested_at is None and is_whole and is_cancellable(job)


def can_stop(job: Job) -> bool:
    """Whether what the job has by now can be asked for, instead of the whole."""
    kind = KINDS.get(job.kind)
    is_asked = job.stop_requested_at is not None or job.cancel_requested_at is not None
    return job.state == JobState.RUNNING and not is_asked and kind is not None and kind.can_stop_here


def is_cancellable(job: Job) -> bool:
    """Whether jobs of this kind may be stopped by people at all."""
    kind = KINDS.get(job.kind)
    return kind is None or kind.is_cancellable


def can_retry(job: Job) -> bool:
    return job.state in {JobState.FAILED, JobState.CANCELLED} and job.parent_id is None


@once_per_page
def part_states(jobs: list[Job]) -> Mapping[UUID, Counter[str]]:
    """How many parts of each job are in each state; none of a job that was not split."""
    found: defaultdict[UUID, Counter[str]] = defaultdict(Counter)
    parts = Job.objects.filter(parent__in=[job.pk for job in jobs]).order_by()
    for parent, state, count in parts.values_list("parent", "state").annotate(count=Count("pk")):
        found[parent][state] = count
    return found


@once_per_page
def queue_position(jobs: list[Job]) -> Mapping[UUID, int | None]:
    """The place of each queued job in the turns of its lane, from 1; None for the others."""
    positions: dict[UUID, int | None] = {job.pk: None for job in jobs}
    for lane in {job.lane for job in jobs if job.state == JobState.QUEUED}:
        queued = Job.objects.in_turn(lane).values_list("pk", flat=True)
        for position, pk in enumerate(queued, start=1):
            if pk in positions:
                positions[pk] = position
    return positions
