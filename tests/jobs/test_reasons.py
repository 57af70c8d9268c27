"""What a job says of how it ended, in words for people."""

from __future__ import annotations

import errno
import subprocess
import sys
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from apps.jobs import leases
from apps.jobs.models import Job, JobState, Lane
from apps.jobs.registry import KINDS
from apps.jobs.runner import run_next
from apps.jobs.supervisor import Supervisor
from apps.jobs.watch import CANCEL_GRACE, look_after_running
from tests.outages.losing import database_lost

HEAP = "held = bytearray(300 * 2**20); print('full', flush=True); input()"
SHOWN = "query ($id: ID!) { job(id: $id) { state error log attempt maxAttempts } }"


@pytest.fixture
def process():
    """A process that holds 300 MiB."""
    with subprocess.Popen([sys.executable, "-c", HEAP], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"full\n"
        yield process
        process.kill()


@pytest.fixture
def running(enqueue, process):
    """A light job that the process runs."""
    enqueue("count", n=1)
    return leases.claim_next(Lane.LIGHT, worker_id=uuid.uuid4(), process_id=process.pid)


@pytest.mark.holds(21)
def test_a_light_job_that_takes_too_much_memory_is_stopped_and_says_so(running, process, settings, gql, alice):
    look_after_running(running.worker_id)
    assert process.poll() is None
    settings.CHROMA_JOB_MEMORY = 256 * 2**20
    look_after_running(running.worker_id)
    assert process.wait(10) == -9
    shown = gql(alice, SHOWN, {"id": str(running.pk)})["data"]["job"]
    assert (shown["state"], shown["attempt"], shown["maxAttempts"]) == ("FAILED", 1, 3)
    assert shown["error"].startswith("The job was stopped: it needed more than 0.2 GiB of memory, the limit")


@pytest.mark.holds(36)
def test_a_job_that_does_not_hear_of_its_cancellation_is_ended(running, process, settings):
    Job.objects.filter(pk=running.pk).update(cancel_requested_at=Now())
    look_after_running(running.worker_id)
    assert process.poll() is None
    Job.objects.filter(pk=running.pk).update(cancel_requested_at=Now() - CANCEL_GRACE)
    look_after_running(running.worker_id)
    assert process.wait(10) == -9
    running.refresh_from_db()
    assert (running.state, running.lease) == (JobState.CANCELLED, None)
    assert running.log.endswith("Cancelled.\n")


@pytest.mark.holds(35)
def test_each_lost_attempt_is_told_with_its_number(enqueue, gql, alice):
    job = enqueue("count", n=1)
    for attempt in (1, 2, 3):
        leases.release(leases.claim_next(Lane.LIGHT), "its worker was not heard of any more.")
        shown = gql(alice, SHOWN, {"id": str(job.pk)})["data"]["job"]
        assert f"Attempt {attempt} of 3 started." in shown["log"]
        assert shown["attempt"] == attempt
    assert "Attempt 2 was cut short: its worker was not heard of any more. Queued again." in shown["log"]
    assert shown["state"] == "FAILED"
    assert shown["error"] == (
        "Given up after 3 attempts. The last one ended before its first phase: its worker was not heard of any more."
    )


@pytest.mark.parametrize(
    ("problem", "error"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The server's disk is full; nothing more can be stored."),
        (MemoryError(), "The job needs more memory than this worker's machine has free."),
    ],
)
@pytest.mark.holds(38)
def test_a_full_disk_and_a_full_memory_are_told(enqueue, monkeypatch, problem, error):
    job = enqueue("count", n=1)
    raising = lambda run: (_ for _ in ()).throw(problem)  # noqa: E731
    monkeypatch.setitem(KINDS, "count", _with_body(KINDS["count"], raising))
    assert run_next(Lane.LIGHT)
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.FAILED, 1)
    assert job.error.startswith(error)


@pytest.mark.holds(38)
def test_a_job_whose_end_could_not_be_written_at_first_is_not_left_running(enqueue, monkeypatch):
    job = enqueue("count", n=1)
    outages = []

    def end_while_away(*arguments):
        outages.append(1)
        if len(outages) < 3:
            with database_lost(after=0):
                Job.objects.get(pk=job.pk)
        return fail(*arguments)

    fail = leases.fail
    monkeypatch.setattr(leases, "fail", end_while_away)
    monkeypatch.setattr("apps.jobs.runner.time.sleep", lambda seconds: None)
    monkeypatch.setitem(KINDS, "count", _with_body(KINDS["count"], lambda run: 1 / 0))
    assert run_next(Lane.LIGHT)
    job.refresh_from_db()
    assert (job.state, len(outages)) == (JobState.FAILED, 3)


def test_jobs_that_ended_long_ago_are_forgotten(enqueue):
    old, recent, waiting = (enqueue("count", n=1) for _ in range(3))
    Job.objects.filter(pk=old.pk).update(state=JobState.DONE, finished_at=Now() - timedelta(days=91))
    Job.objects.filter(pk=recent.pk).update(state=JobState.DONE, finished_at=Now() - timedelta(days=89))
    Supervisor()._beat()
    assert set(Job.objects.values_list("pk", flat=True)) == {recent.pk, waiting.pk}


def _with_body(kind, body):
    return replace(kind, body=body)
