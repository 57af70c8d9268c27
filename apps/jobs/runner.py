"""Runs jobs: the one place where anything that a body raises is caught."""

from __future__ import annotations

import logging
import os
import uuid

from django.db import OperationalError, connection

from apps.common.errors import ChromaError
from apps.jobs import leases
from apps.jobs.calculator import CalculatorDied, CalculatorRefused, calculator
from apps.jobs.keeper import Keeper
from apps.jobs.models import Lane
from apps.jobs.registry import KINDS
from apps.jobs.run import JobRun
from apps.jobs.scratch import Scratch

logger = logging.getLogger(__name__)

# The worker that this process belongs to, set when its lane is started; None where jobs are run by hand.
worker_id: uuid.UUID | None = None


def on_wake_up(lane: str, job_id: str) -> None:
    """What the queue calls. The id is a hint only: the oldest queued job of the lane is run, whichever that is."""
    logger.debug("Woken up for job %s", job_id or "(none)")
    if lane == Lane.HEAVY:
        calculator.start(warms_up=True)
    while run_next(Lane(lane)):
        pass


def run_next(lane: Lane) -> bool:
    """Claim and run one job of the lane. Returns whether there was one."""
    job = leases.claim_next(lane, worker_id=worker_id, process_id=os.getpid())
    if job is None:
        return False
    try:
        with Keeper(job) as keeper, Scratch() as scratch:
            _attempt(JobRun(job, keeper, scratch))
    except leases.CancelRequested:
        leases.cancel(job)
    except leases.LeaseLost:
        logger.warning("Job %s: the lease was lost; whoever holds it goes on", job.pk)
    except CalculatorDied as problem:
        job.refresh_from_db(fields=["phase", "cancel_requested_at"])
        leases.release(job, str(problem))
    except OperationalError:
        # The database restarted, or chose this transaction as the victim of a deadlock: worth another attempt.
        logger.exception("Job %s (%s) lost the database", job.pk, job.kind)
        connection.close()
        leases.release(job, "the database could not be reached.")
    except (ChromaError, CalculatorRefused) as problem:
        leases.fail(job, str(problem))
    except Exception:
        logger.exception("Job %s (%s) failed", job.pk, job.kind)
        leases.fail(job, "Something went wrong inside Chroma. The server's log has the details, under the job's id.")
    return True


def _attempt(run: JobRun) -> None:
    kind = KINDS.get(run.job.kind)
    if kind is None:
        raise ChromaError(f"This worker knows no jobs of the kind {run.job.kind}; is it of an older version?")
    run.authorise()
    kind.body(run)
    if not run.is_committed:
        with run.commit():
            pass
    logger.info("Job %s (%s) is done", run.job.pk, run.job.kind)
