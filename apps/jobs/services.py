from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.common.errors import Conflict, LimitExceeded
from apps.jobs import facts, queue
from apps.jobs.leases import appended
from apps.jobs.models import Job, JobState, Lane
from apps.jobs.registry import KINDS
from apps.projects.journal import record_audit, record_change, type_name
from apps.projects.models import Project

MOST_ACTIVE = 200


@transaction.atomic
def enqueue_job(
    *,
    actor: Actor,
    project: Project,
    kind: str,
    title: str,
    parameters: dict[str, Any],
    target: models.Model | None = None,
) -> Job:
    """Queue a job in the caller's transaction: it exists, and wakes a worker, only if that commits."""
    if Job.objects.active().filter(project=project).count() >= MOST_ACTIVE:
        raise LimitExceeded(f"This project has {MOST_ACTIVE} jobs queued or running; wait until some are done.")
    job = Job.objects.create(
        project=project,
        kind=kind,
        title=title[:200],
        lane=KINDS[kind].lane,
        parameters=parameters,
        target_type=type_name(target) if target else "",
        target_id=str(target.pk) if target else "",
        requested_by=actor.user,
        queued_at=timezone.now(),
    )
    record_change(project, kind="created", target=job)
    _wake_up_on_commit(job)
    return job


@transaction.atomic
def cancel_job(*, actor: Actor, job: Job) -> Job:
    """Cancel a queued job at once; ask a running one to stop, which it sees within a second."""
    if not facts.is_cancellable(job):
        raise Conflict("A deletion that has begun cannot be cancelled.", field="id")
    if not request_cancel(job):
        raise Conflict("This job has already ended.", field="id")
    record_audit(actor=actor, project=job.project, action="cancelled", target=job)
    job.refresh_from_db()
    return job


@transaction.atomic
def request_cancel(job: Job) -> bool:
    """Cancel a job without an actor, for services whose own action makes it pointless. False where it has ended."""
    now = timezone.now()
    same = Job.objects.filter(pk=job.pk)
    stopped = same.filter(state=JobState.QUEUED).update(
        state=JobState.CANCELLED, cancel_requested_at=now, finished_at=now, log=appended("Cancelled before it started.")
    )
    if not (stopped or same.filter(state=JobState.RUNNING).update(cancel_requested_at=now)):
        return False
    record_change(job.project, kind="updated", target=job)
    return True


@transaction.atomic
def retry_job(*, actor: Actor, job: Job) -> Job:
    """Queue a failed or cancelled job again, with all its attempts before it.

    From then on it is the member's who asks now: who asked first may have lost the role that it needs. Staff need none.
    """
    ended = Job.objects.filter(pk=job.pk, state__in=[JobState.FAILED, JobState.CANCELLED])
    if not ended.update(
        state=JobState.QUEUED,
        attempt=0,
        error="",
        phase="",
        done=0,
        total=None,
        cancel_requested_at=None,
        started_at=None,
        finished_at=None,
        queued_at=timezone.now(),
        requested_by=job.requested_by if actor.as_staff else actor.user,
        log=appended(f"Queued again by {actor.user.username}."),
    ):
        raise Conflict("Only a job that failed or was cancelled can be run again.", field="id")
    _wake_up_on_commit(job)
    record_audit(actor=actor, project=job.project, action="retried", target=job)
    record_change(job.project, kind="updated", target=job)
    job.refresh_from_db()
    return job


@transaction.atomic
def delete_job(*, actor: Actor, job: Job) -> None:
    """Take a job that has ended off the list; what it made stays."""
    ended = Job.objects.select_for_update().ended().filter(pk=job.pk).first()
    if ended is None:
        raise Conflict("Only a job that has ended can be deleted; cancel it first.", field="id")
    record_audit(actor=actor, project=job.project, action="deleted", target=ended, before={"state": ended.state})
    record_change(job.project, kind="deleted", target=ended)
    ended.delete()


def _wake_up_on_commit(job: Job) -> None:
    def wake_up() -> None:
        queue.wake_up(Lane(job.lane), str(job.pk))

    # Robust: where the queue cannot be reached, the supervisor finds the job all the same. No partial: Django wants a
    # name for its log.
    transaction.on_commit(wake_up, robust=True)
