"""Good enough: the layout of a map that is being made ends where it is, and the map is finished with it."""

from __future__ import annotations

from django.db import transaction

from apps.accounts.actor import Actor
from apps.common.compute.progress import Counted
from apps.common.errors import Conflict
from apps.jobs.models import JobState
from apps.jobs.run import JobRun
from apps.jobs.services import request_stop
from apps.projections.models import ProjectionSet
from apps.projects.journal import record_audit, record_change


@transaction.atomic
def stop_projection(*, actor: Actor, projection_set: ProjectionSet) -> ProjectionSet:
    """End the layout where it is and keep it; the job sees it within a second. To ask twice changes nothing."""
    job = projection_set.job
    if job is None:
        raise Conflict("This map is not being made: there is no layout to stop.", field="id")
    if request_stop(job):
        record_audit(actor=actor, project=projection_set.project, action="stopped", target=projection_set)
        record_change(projection_set.project, kind="updated", target=job)
    job.refresh_from_db()
    if job.cancel_requested_at is not None:
        raise Conflict("This map's job was cancelled: nothing of it is kept.", field="id")
    if job.state == JobState.QUEUED:
        raise Conflict("This map's job has not started: there is no layout to keep yet.", field="id")
    if job.state != JobState.RUNNING:
        raise Conflict("This map's job has already ended: there is no layout to stop.", field="id")
    return projection_set


def notes_of_stop(run: JobRun) -> list[str]:
    """What is said beside a map whose layout was stopped; nothing where it went to its end."""
    if run.stopped_at is None:
        return []
    phase, fraction = run.stopped_at
    if isinstance(fraction, Counted):
        return [f"The layout was stopped after epoch {fraction.done:,} of {fraction.total:,}."]
    return [f"The layout was stopped early, in the phase “{phase}”."]
