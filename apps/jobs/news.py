"""Queued and running jobs in the news of their project."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from apps.jobs.models import Job
from apps.projects.active_jobs import ReportedJob, reports_active_jobs


@reports_active_jobs
def active_jobs(project_ids: Collection[UUID]) -> Iterator[ReportedJob]:
    for job in Job.objects.active().filter(project__in=project_ids).select_related("project", "requested_by"):
        seen = (job.state, job.phase, job.done, job.total, job.attempt, job.cancel_requested_at)
        yield ReportedJob(project_id=job.project_id, id=job.pk, fingerprint=seen, job=job)
