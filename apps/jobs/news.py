"""Queued and running jobs in the news of their project."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator
from uuid import UUID

from apps.jobs.models import Job
from apps.projects.active_jobs import ReportedJob, reports_active_jobs


@reports_active_jobs
def active_jobs(project_ids: Collection[UUID]) -> Iterator[ReportedJob]:
    for job in Job.objects.active().whole().filter(project__in=project_ids).select_related("project", "requested_by"):
        yield ReportedJob(project_id=job.project_id, id=job.pk, fingerprint=_seen(job), job=job)


def _seen(job: Job) -> Hashable:
    counted = (job.phase, job.done, job.total, job.frame_number)
    return (job.state, job.attempt, *counted, job.cancel_requested_at, job.stop_requested_at)
