"""Jobs in a real worker, and what happens when parts of it are killed."""

from __future__ import annotations

import os
import signal
from contextlib import suppress

import psutil
import pytest
from django.utils import timezone
from django_q import core_signing as signing
from django_q.models import OrmQ
from django_q.signing import PickleSerializer, SignedPackage

from apps.jobs.models import Job, JobState, Lane
from apps.jobs.queue import WAKE_UP
from apps.jobs.services import cancel_job
from tests.jobs.waiting import wait_for, wait_until


def test_a_worker_picks_a_job_up_and_runs_it(worker, enqueue):
    job = enqueue("count", n=3)
    wait_for(job, JobState.DONE)
    assert job.attempt == 1


@pytest.mark.holds(23)
def test_a_light_job_does_not_wait_for_a_heavy_one(worker, enqueue):
    heavy = enqueue("sleep", seconds=60)
    wait_for(heavy, JobState.RUNNING)
    light = enqueue("count", n=1)
    wait_for(light, JobState.DONE)
    heavy.refresh_from_db()
    assert heavy.state == JobState.RUNNING


def test_heavy_jobs_run_one_at_a_time(worker, enqueue):
    first, second = enqueue("sleep", seconds=1), enqueue("sleep", seconds=1)
    wait_for(second, JobState.DONE)
    first.refresh_from_db()
    assert first.finished_at <= second.started_at


@pytest.mark.holds(33, 34)
def test_a_job_whose_worker_is_killed_is_done_at_the_second_attempt(worker, enqueue):
    job = enqueue("hang_once")
    wait_for(job, JobState.RUNNING)
    wait_until(lambda: Job.objects.get(pk=job.pk).phase == "Waiting to be killed", "the first phase")
    job.refresh_from_db()
    os.kill(job.process_id, signal.SIGKILL)
    wait_for(job, JobState.DONE)
    assert job.attempt == 2
    assert "Attempt 1 was cut short" in job.log


@pytest.mark.holds(35)
def test_a_job_that_kills_its_worker_is_given_up_with_the_reason(worker, enqueue):
    job = enqueue("die")
    wait_for(job, JobState.FAILED)
    assert job.attempt == 3
    assert job.error.startswith("Given up after 3 attempts. The last one ended in the phase “Dying”:")
    other = enqueue("count", n=1)
    wait_for(other, JobState.DONE)


@pytest.mark.holds(34)
def test_a_lane_that_hangs_after_an_idle_process_was_killed_is_started_again(worker, enqueue):
    job = enqueue("count", n=1)
    wait_for(job, JobState.DONE)
    # Waiting for work, it holds the lock of the queue inside django-q2: nobody else gets work from there any more.
    os.kill(job.process_id, signal.SIGKILL)
    wait_for(enqueue("count", n=1), JobState.DONE, seconds=90)


@pytest.mark.holds(34)
def test_a_lane_whose_processes_all_are_killed_is_started_again(worker, enqueue):
    wait_for(enqueue("count", n=1), JobState.DONE)
    lane = [process for process in worker.look().left() if Lane.LIGHT in process.cmdline()]
    assert len(lane) >= 5
    for process in lane:
        with suppress(psutil.NoSuchProcess):  # it ends by itself once its parent is gone
            process.kill()
    wait_for(enqueue("count", n=1), JobState.DONE, seconds=60)


@pytest.mark.holds(36)
def test_a_running_job_is_cancelled_within_seconds(worker, enqueue, actor):
    job = enqueue("sleep", seconds=60)
    wait_for(job, JobState.RUNNING)
    cancel_job(actor=actor, job=job)
    wait_for(job, JobState.CANCELLED, seconds=5)


@pytest.mark.holds(17, 33)
def test_forged_wake_ups_run_nothing_and_keep_nobody_from_work(worker, enqueue, tmp_path):
    canary = tmp_path / "canary"
    task = {"id": "1", "name": "forged", "args": (str(canary),), "kwargs": {}, "started": None, "save": False}
    forged = signing.dumps(task | {"func": "os.mkdir"}, key="x" * 60, salt="chroma", serializer=PickleSerializer)
    nonsense = [("count", ""), ("light", "no job"), ("light", "11111111-1111-4111-8111-111111111111")]
    known = [SignedPackage.dumps(task | {"func": WAKE_UP, "args": arguments}) for arguments in nonsense]
    unknown = SignedPackage.dumps(task | {"func": "no.such.function"})
    for payload in ("", "garbage", forged, unknown, *known):
        OrmQ.objects.create(key=Lane.LIGHT, payload=payload, lock=timezone.now())
    job = enqueue("count", n=1)
    wait_for(job, JobState.DONE)
    wait_until(lambda: not OrmQ.objects.filter(payload__in=["", "garbage", forged]).exists(), "the forged ones dropped")
    assert job.attempt == 1
    assert not canary.exists()
