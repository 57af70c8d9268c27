"""A worker that is stopped or killed leaves no process, and loses no job."""

from __future__ import annotations

import signal

import pytest

from apps.jobs.models import JobState, WorkerHeartbeat
from tests.jobs.waiting import wait_for


@pytest.mark.holds(33)
def test_a_stopped_worker_gives_its_jobs_back_and_leaves_no_process(own_worker, enqueue):
    job = enqueue("sleep", seconds=60)
    wait_for(job, JobState.RUNNING)
    own_worker.stop(signal.SIGTERM)
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.QUEUED, 0)
    assert not WorkerHeartbeat.objects.exists()


def test_a_killed_worker_leaves_no_process(own_worker, enqueue):
    wait_for(enqueue("count", n=1), JobState.DONE)
    own_worker.stop(signal.SIGKILL)
