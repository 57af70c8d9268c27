"""Maps computed in a real worker's compute process, cancelled and killed in the middle."""

from __future__ import annotations

import os
import signal

import numpy as np
import psutil
import pytest

from apps.jobs.models import Job, JobState
from apps.jobs.services import cancel_job
from apps.projections.models import ProjectionArray
from apps.projections.services import run_projection
from tests.data import make_dataset, make_embedding_set
from tests.jobs.waiting import wait_for, wait_until

LAYOUT = "Optimising the layout"


@pytest.fixture
def start(worker, actor, project):
    """start(n_epochs) -> the job of a UMAP map of 1,000 datapoints."""
    vectors = np.random.default_rng(0).normal(size=(1000, 16))
    embedding_set = make_embedding_set(make_dataset(project, count=1000), vectors)

    def start(n_epochs):
        made = run_projection(
            actor=actor, embedding_sets=[embedding_set], method="umap", parameters={"n_epochs": n_epochs}, seed=1
        )
        return made.job

    return start


@pytest.mark.holds(36)
def test_a_map_is_cancelled_in_the_middle_of_its_fit_and_the_next_one_is_made(start, actor):
    job = start(5000)
    wait_until(lambda: phase_of(job) == LAYOUT, "the layout to begin", 120)
    cancel_job(actor=actor, job=job)
    wait_for(job, JobState.CANCELLED, seconds=8)
    assert not ProjectionArray.objects.exists()
    following = start(20)
    wait_for(following, JobState.DONE, JobState.FAILED, seconds=120)
    assert (following.state, following.attempt) == (JobState.DONE, 1)


@pytest.mark.holds(33)
def test_a_map_whose_compute_process_is_killed_is_made_at_the_second_attempt(start):
    job = start(2000)
    wait_until(lambda: phase_of(job) == LAYOUT, "the layout to begin", 120)
    os.kill(compute_process(job).pid, signal.SIGKILL)
    wait_for(job, JobState.DONE, JobState.FAILED, seconds=150)
    assert (job.state, job.attempt) == (JobState.DONE, 2)
    assert ProjectionArray.objects.count() == 4


@pytest.mark.holds(33)
def test_a_map_whose_worker_is_killed_is_made_at_the_second_attempt_and_leaves_no_second_computation(start):
    job = start(2000)
    wait_until(lambda: phase_of(job) == LAYOUT, "the layout to begin", 120)
    job.refresh_from_db()
    orphan = compute_process(job)
    os.kill(job.process_id, signal.SIGKILL)
    wait_until(lambda: not orphan.is_running(), "the end of the compute process", 10)
    wait_for(job, JobState.DONE, JobState.FAILED, seconds=150)
    assert (job.state, job.attempt) == (JobState.DONE, 2)
    assert ProjectionArray.objects.count() == 4


def phase_of(job):
    return Job.objects.values_list("phase", flat=True).get(pk=job.pk)


def compute_process(job):
    job.refresh_from_db()
    children = psutil.Process(job.process_id).children()
    return next(child for child in children if "apps.jobs.compute.process" in child.cmdline())
