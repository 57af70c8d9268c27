from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models.functions import Now

from apps.accounts.actor import Actor
from apps.common.errors import Conflict, LimitExceeded, RateLimited
from apps.jobs import facts, queue
from apps.jobs.leases import appended, cancel_active, queued_again
from apps.jobs.models import Job, JobState, Lane
from apps.jobs.parts import retry_parts
from apps.jobs.registry import KINDS
from apps.projects.journal import record_audit, record_change, type_name
from apps.projects.models import Project

MOST_ACTIVE = 200
# Of one person, in all projects. Deletions come on top: they make room.
MOST_WAITING = 20


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
    _require_patience(actor, kind)
    if Job.objects.active().whole().filter(project=project).count() >= MOST_ACTIVE:
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
        queued_at=Now(),
    )
    job.refresh_from_db(fields=["queued_at"])
    record_change(project, kind="created", target=job)
    _wake_up_on_commit(job)
    return job


@transaction.atomic
def cancel_job(*, actor: Actor, job: Job) -> Job:
    """Cancel a queued job at once; ask a running one to stop, which it sees within a second. So with its parts."""
    _require_whole(job)
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
    if not cancel_active(Job.objects.filter(pk=job.pk)):
        return False
    cancel_active(Job.objects.filter(parent=job))
    record_change(job.project, kind="updated", target=job)
    return True


def request_stop(job: Job) -> bool:
    """Ask a running job for what it has by now. False where it does not run or was asked already."""
    running = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, cancel_requested_at=None, stop_requested_at=None)
    return bool(running.update(stop_requested_at=Now(), log=appended("Asked to stop here and to keep what there is.")))


@transaction.atomic
def retry_job(*, actor: Actor, job: Job) -> Job:
    """Queue a failed or cancelled job again, with all its attempts before it.

    From then on it is the member's who asks now: who asked first may have lost the role that it needs. Staff need none.
    """
    _require_whole(job)
    _require_patience(actor, job.kind)
    requested_by = job.requested_by if actor.as_staff else actor.user
    ended = Job.objects.filter(pk=job.pk, state__in=[JobState.FAILED, JobState.CANCELLED])
    if not ended.update(**queued_again(requested_by, f"Queued again by {actor.user.username}.")):
        raise Conflict("Only a job that failed or was cancelled can be run again.", field="id")
    retry_parts(job, requested_by)
    _wake_up_on_commit(job)
    record_audit(actor=actor, project=job.project, action="retried", target=job)
    record_change(job.project, kind="updated", target=job)
    job.refresh_from_db()
    return job


@transaction.atomic
def delete_job(*, actor: Actor, job: Job) -> None:
    """Take a job that has ended off the list; what it made stays."""
    _require_whole(job)
    ended = Job.objects.select_for_update().ended().filter(pk=job.pk).first()
    if ended is None:
        raise Conflict("Only a job that has ended can be deleted; cancel it first.", field="id")
    record_audit(actor=actor, project=job.project, action="deleted", target=ended, before={"state": ended.state})
    record_change(job.project, kind="deleted", target=ended)
    ended.delete()


def _require_whole(job: Job) -> None:
    if job.parent_id is not None:
        raise Conflict("This is a part of a job; cancel, retry or delete the whole job.", field="id")


def _require_patience(actor: Actor, kind: str) -> None:
    deletions = [name for name, known in KINDS.items() if not known.is_cancellable]
    if kind in deletions:
        return
    queued = Job.objects.whole().filter(requested_by=actor.user, state=JobState.QUEUED)
    waiting = queued.exclude(kind__in=deletions).count()
    if waiting >= MOST_WAITING:
        raise RateLimited(
            f"You have {waiting} jobs waiting to start; at most {MOST_WAITING} may. Wait until one has started, or "
            "cancel some.",
            retry_after=10,
        )


def _wake_up_on_commit(job: Job) -> None:
    def wake_up() -> None:
        queue.wake_up(Lane(job.lane), str(job.pk))

    # Robust: where the queue cannot be reached, the supervisor finds the job all the same. No partial: Django wants a
    # name for its log.
    transaction.on_commit(wake_up, robust=True)
