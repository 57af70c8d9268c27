"""Runs jobs: the one place where anything that a body raises is caught."""

from __future__ import annotations

import logging
import os
import time
import uuid

from django.db import Error, connection

from apps.common.errors import ChromaError, RetryLater
from apps.common.outages import outage
from apps.jobs import leases
from apps.jobs.calculator import CalculatorDied, CalculatorRefused, calculator
from apps.jobs.keeper import Keeper
from apps.jobs.models import Job, Lane
from apps.jobs.parts import WaitsForParts
from apps.jobs.registry import KINDS
from apps.jobs.run import JobRun
from apps.jobs.scratch import Scratch

logger = logging.getLogger(__name__)

# The worker that this process belongs to, set when its lane is started; None where jobs are run by hand.
worker_id: uuid.UUID | None = None


def on_wake_up(lane: str, job_id: str) -> None:
    """What the queue calls. The id is a hint only: whichever job of the lane is next is run.

    Whoever sent this and whatever it says, it leaves nothing in the queue's own books: the supervisor sends another.
    """
    logger.debug("Woken up for job %s", job_id or "(none)")
    try:
        if lane == Lane.HEAVY:
            calculator.start(warms_up=True)
        while run_next(Lane(lane)):
            pass
    except Exception:
        logger.exception("The %s lane could not look for jobs", lane)
        connection.close()


def run_next(lane: Lane) -> bool:
    """Claim and run one job of the lane. Returns whether there was one."""
    job = leases.claim_next(lane, worker_id=worker_id, process_id=os.getpid())
    if job is None:
        return False
    try:
        with Keeper(job) as keeper, Scratch(job.lease) as scratch:
            _attempt(JobRun(job, keeper, scratch))
    except WaitsForParts:
        logger.info("Job %s (%s) waits for its parts", job.pk, job.kind)
    except leases.LeaseLost:
        logger.warning("Job %s: the lease was lost; whoever holds it goes on", job.pk)
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is written into the job and the log
        _settle(job, problem)
    return True


def _settle(job: Job, problem: Exception) -> None:
    """Write how the attempt ended, after an outage if need be; once the lease is over, the reaper does it."""
    deadline = time.monotonic() + leases.LEASE.total_seconds()
    while True:
        try:
            return _end(job, problem)
        except Error as lost:
            connection.close()
            if outage(lost) is None or time.monotonic() > deadline:
                raise
            time.sleep(1)


def _end(job: Job, problem: Exception) -> None:
    passing = outage(problem)
    if isinstance(problem, leases.CancelRequested):
        leases.cancel(job)
    elif isinstance(problem, CalculatorDied):
        job.refresh_from_db(fields=["phase", "cancel_requested_at"])
        leases.release(job, str(problem))
    elif isinstance(passing, RetryLater):
        # The database restarted, say, or chose this transaction as the victim of a deadlock: worth another attempt.
        logger.error("Job %s (%s) was cut short", job.pk, job.kind, exc_info=problem)
        connection.close()
        leases.release(job, "the database could not be reached.")
    elif isinstance(passing, ChromaError):
        leases.fail(job, passing.message)
    elif isinstance(problem, MemoryError):
        leases.fail(job, "The job needs more memory than this worker's machine has free.")
    elif isinstance(problem, ChromaError | CalculatorRefused):
        leases.fail(job, str(problem))
    else:
        logger.error("Job %s (%s) failed", job.pk, job.kind, exc_info=problem)
        leases.fail(job, "Something went wrong inside Chroma. The server's log has the details, under the job's id.")


def _attempt(run: JobRun) -> None:
    kind = KINDS[run.job.kind]
    run.authorise()
    kind.body(run)
    if not run.is_committed:
        with run.commit():
            pass
    logger.info("Job %s (%s) is done", run.job.pk, run.job.kind)
