"""The lease protocol: how a job is taken, kept, finished and given back.

Every step is one conditional UPDATE that says under which lease it is made, so that whoever lost the lease changes
nothing. Times are the database's own: the clocks of several machines need not agree.

Where a step concerns a part and its whole, the row of the whole is locked first, and news come last.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat, Now
from django.utils import timezone

from apps.accounts.models import User
from apps.jobs.handover import drop_files
from apps.jobs.models import ACTIVE_STATES, MAX_ATTEMPTS, Job, JobState, Lane
from apps.jobs.progress import count_work_on_commit
from apps.jobs.registry import KINDS
from apps.projects.journal import record_change

# Longer than a heartbeat may wait for its turn to write in SQLite.
LEASE = timedelta(seconds=30)


class LeaseLost(Exception):
    """Somebody else may have the job by now: stop, and write nothing."""


class CancelRequested(Exception):
    """A person cancelled the job."""


def claim_next(lane: Lane, *, worker_id: uuid.UUID | None = None, process_id: int | None = None) -> Job | None:
    """Take the next queued job of the lane under a new lease; its attempt is counted before any work is done.

    What this worker does not know, being older than the server, is left to others.
    """
    queued = Job.objects.in_turn(lane).filter(kind__in=list(KINDS)).values_list("pk", "started_at")
    while (found := queued.first()) is not None:
        job_id, started_at = found
        lease = uuid.uuid4()
        with transaction.atomic():
            # Not where somebody took it meanwhile and let go of it again: by now it may wait for its parts.
            as_seen = Q(started_at=None) if started_at is None else Q(started_at__lte=started_at)
            candidate = Job.objects.queued(lane).filter(as_seen, pk=job_id)
            claimed = candidate.update(
                state=JobState.RUNNING,
                attempt=F("attempt") + 1,
                lease=lease,
                lease_until=Now() + LEASE,
                heartbeat_at=Now(),
                started_at=Now(),
                worker_id=worker_id,
                process_id=process_id,
                phase="",
                done=0,
                total=None,
                # Asked of the attempt before: what it had is gone.
                stop_requested_at=None,
                frame_number=0,
                log=appended(f"Attempt {_attempt_of(job_id) + 1} of {MAX_ATTEMPTS} started."),
            )
            if claimed:
                job = Job.objects.select_related("project", "requested_by").get(pk=job_id)
                tell(job)
                return job
    return None


def held(job: Job) -> QuerySet[Job]:
    """The job's row as long as our lease is the valid one."""
    return Job.objects.filter(pk=job.pk, lease=job.lease, state=JobState.RUNNING)


def finish(job: Job) -> None:
    """Mark the job done. Call it first in the transaction that writes the result: it fences that transaction."""
    if not held(job).filter(cancel_requested_at=None).update(**_ended(JobState.DONE), log=appended("Done.")):
        raise CancelRequested if held(job).exists() else LeaseLost
    if job.parent_id is None:
        drop_files(job)
    else:
        count_work_on_commit(job.parent_id)
    tell(job)


def wait_for_parts(job: Job, count: int) -> None:
    """Let go of a job until its parts are done: it is queued again and costs no attempt, and no worker stands still."""
    waiting = _queued() | {"attempt": F("attempt") - 1, "total": count, "phase": "Waiting for its parts"}
    if not held(job).filter(cancel_requested_at=None).update(**waiting, log=appended(f"Split into {count} parts.")):
        raise CancelRequested if held(job).exists() else LeaseLost
    _let_go(job)


def fence(job: Job, **news: object) -> None:
    """Check and extend the lease inside a transaction that writes a part of the result, and write news of the job."""
    if not held(job).filter(cancel_requested_at=None).update(heartbeat_at=Now(), lease_until=Now() + LEASE, **news):
        raise CancelRequested if held(job).exists() else LeaseLost


def hold(job: Job) -> None:
    """Check and extend the lease inside a transaction that tells how far a job came, even if it was cancelled."""
    if not held(job).update(heartbeat_at=Now(), lease_until=Now() + LEASE):
        raise LeaseLost


@transaction.atomic
def fail(job: Job, error: str) -> None:
    """Mark the job failed; where it is a part, its whole too, whose other parts are cancelled."""
    whole = job.parent_id and Job.objects.select_for_update(no_key=True).filter(pk=job.parent_id).first()
    if held(job).update(**_ended(JobState.FAILED), error=error, log=appended(f"Failed: {error}")):
        if whole:
            _fail_whole(whole, job.title, error)
        _let_go(job)
        tell(job)


@transaction.atomic
def cancel(job: Job) -> None:
    if held(job).update(**_ended(JobState.CANCELLED), log=appended("Cancelled.")):
        _let_go(job)
        tell(job)


def cancel_active(jobs: QuerySet[Job]) -> int:
    """Cancel those that are queued and ask those that run to stop. How many there were."""
    # One statement, so that a job that starts or is queued again meanwhile is met in either state.
    was_queued = Q(state=JobState.QUEUED)
    active = jobs.filter(state__in=ACTIVE_STATES)
    return active.update(
        cancel_requested_at=Now(),
        state=Case(When(was_queued, then=Value(JobState.CANCELLED)), default=F("state")),
        finished_at=Case(When(was_queued, then=Now()), default=None),
        log=Case(When(was_queued, then=appended("Cancelled before it started.")), default=F("log")),
    )


@transaction.atomic
def release(job: Job, why: str) -> None:
    """Let go of a job whose worker or computation died: queue it again, or give up after the last attempt."""
    if job.cancel_requested_at is not None:
        return cancel(job)
    if job.attempt >= MAX_ATTEMPTS:
        at = f" in the phase “{job.phase}”" if job.phase else " before its first phase"
        return fail(job, f"Given up after {job.attempt} attempts. The last one ended{at}: {why}")
    if held(job).update(**_queued(), log=appended(f"Attempt {job.attempt} was cut short: {why} Queued again.")):
        _let_go(job)
        tell(job)
    return None


def give_back(worker_id: uuid.UUID) -> None:
    """Queue what a worker that is being stopped was running; the attempt does not count."""
    for job in Job.objects.filter(worker_id=worker_id, state=JobState.RUNNING).select_related("project"):
        with transaction.atomic():
            stopped = appended("The worker was stopped. Queued again.")
            if held(job).update(**_queued(), attempt=F("attempt") - 1, log=stopped):
                _let_go(job)
                tell(job)


def reap() -> None:
    """Let go of every job whose lease ran out, whoever held it."""
    dead = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=Now()).select_related("project")
    for job in dead:
        release(job, "its worker was not heard of any more.")


def tell(job: Job) -> None:
    """Say that the job changed; what happens to a part is news of its whole."""
    record_change(job.project, kind="updated", target=job, target_id=str(job.parent_id or job.pk))


def appended(line: str) -> Concat:
    """The log and one more line with the time (UTC)."""
    return Concat(F("log"), Value(f"{timezone.now():%H:%M:%S} {line}\n"), output_field=TextField())


def queued_again(requested_by: User | None, sentence: str) -> dict[str, object]:
    """The fields of a job that ended without success and gets all its attempts once more."""
    return {
        "state": JobState.QUEUED,
        "attempt": 0,
        "error": "",
        "phase": "",
        "done": 0,
        "total": None,
        "cancel_requested_at": None,
        "started_at": None,
        "finished_at": None,
        "queued_at": Now(),
        "requested_by": requested_by,
        "log": appended(sentence),
    }


def _let_go(job: Job) -> None:
    kind = KINDS.get(job.kind)
    if kind is not None and kind.let_go is not None:
        kind.let_go(job)


def _fail_whole(whole: Job, part: str, error: str) -> None:
    waiting = Job.objects.filter(pk=whole.pk, state=JobState.QUEUED)
    if waiting.update(**_ended(JobState.FAILED), error=error, log=appended(f"{part} failed: {error}")):
        cancel_active(Job.objects.filter(parent=whole))


def _ended(state: JobState) -> dict[str, object]:
    return {"state": state, "finished_at": Now(), "lease": None, "lease_until": None}


def _queued() -> dict[str, object]:
    return {"state": JobState.QUEUED, "lease": None, "lease_until": None, "phase": "", "done": 0, "total": None}


def _attempt_of(job_id: uuid.UUID) -> int:
    return Job.objects.values_list("attempt", flat=True).get(pk=job_id)
