"""Jobs with two workers: each is done once, by whichever is free, also when one of them dies."""

from __future__ import annotations

import os
import signal

import numpy as np
import pytest

from apps.jobs.models import Job, JobState
from apps.jobs.services import cancel_job
from apps.projections.models import ProjectionSet
from tests.jobs.kinds_app import tasks  # noqa: F401 - registers the kinds
from tests.jobs.processes import Running
from tests.jobs.waiting import wait_for, wait_until


@pytest.mark.holds(33)
def test_every_job_is_done_once_and_both_workers_help(workers, enqueue, alice):
    jobs = [enqueue("count", n=4) for _ in range(16)]
    for job in jobs:
        wait_for(job, JobState.DONE)
    alice.refresh_from_db()
    assert alice.first_name.count("counted") == 16
    assert [job.attempt for job in jobs] == [1] * 16
    assert len({job.worker_id for job in jobs}) == 2


@pytest.mark.holds(33, 34)
def test_a_job_whose_worker_is_killed_is_done_by_another(workers, environment, enqueue):
    first = enqueue("hang_once")
    wait_until(lambda: Job.objects.get(pk=first.pk).phase == "Waiting to be killed", "the first phase")
    first.refresh_from_db()
    os.kill(first.process_id, signal.SIGKILL)
    wait_for(first, JobState.DONE)
    assert first.attempt == 2


@pytest.mark.holds(33)
def test_a_worker_that_leaves_gives_its_job_to_the_others(workers, environment, enqueue, actor):
    occupying = [enqueue("sleep", seconds=600), enqueue("sleep", seconds=600)]
    for job in occupying:
        wait_for(job, JobState.RUNNING)
    waiting = enqueue("hang_once")
    with Running(environment, "worker") as third:
        wait_until(lambda: Job.objects.get(pk=waiting.pk).phase == "Waiting to be killed", "the third worker has it")
        third.stop()
    waiting.refresh_from_db()
    assert waiting.state == JobState.QUEUED
    assert "The worker was stopped. Queued again." in waiting.log
    for job in occupying:
        cancel_job(actor=actor, job=job)
    wait_until(lambda: Job.objects.get(pk=waiting.pk).phase == "Waiting to be killed", "another worker has it")
    cancel_job(actor=actor, job=waiting)
    wait_for(waiting, JobState.CANCELLED)


@pytest.mark.holds(28, 33)
def test_a_map_asked_for_at_one_server_is_read_at_the_other(servers, workers, alice, project, client_at):
    vectors = np.random.default_rng(3).standard_normal((80, 6)).astype(np.float32)
    here, there = (client_at(server, alice).project("alice/MNIST") for server in servers)
    dataset = here.dataset("train")
    dataset.log([f"k{row}" for row in range(80)], embeddings=vectors)
    made = here.run_projection([dataset], method="pca", name="both")
    found = there.maps()[0]
    assert found.positions().tobytes() == made.positions().tobytes()
    assert ProjectionSet.objects.count() == 1
