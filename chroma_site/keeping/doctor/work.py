"""Whether jobs are looked after, and what unfinished work lies about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from apps.datasets.models import Dataset
from apps.jobs.health import is_worker_alive
from apps.jobs.models import ACTIVE_STATES, Job, JobState
from apps.projects.models import Project
from chroma_site.keeping.doctor.findings import Finding, problem, warning

OVERDUE = timedelta(minutes=2)
START = "Start `chroma application run`, or a worker with `chroma manage worker`; jobs go on where they were."


def check_jobs() -> Iterator[Finding]:
    late = timezone.now() - OVERDUE
    lost = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=late).count()
    active = Job.objects.filter(state__in=ACTIVE_STATES).count()
    if is_worker_alive():
        if lost:
            told = f"{lost:,} jobs run without a lease although a worker is there."
            yield problem(told, "Restart the worker and report it with its log.")
    elif active:
        yield warning(f"No worker is running; {active:,} jobs wait for one.", START)
    else:
        yield warning("No worker is running.", START)


def check_deletions() -> Iterator[Finding]:
    """Deleting what is large takes a job; a day later it should be done."""
    late = timezone.now() - timedelta(days=1)
    left = [model.objects.filter(deleted_at__lt=late).count() for model in (Project, Dataset)]
    if sum(left):
        yield warning(
            f"{left[0]:,} projects and {left[1]:,} datasets were deleted and are not cleared away.",
            "Run `chroma manage collect_garbage`: it finishes deletions.",
        )
