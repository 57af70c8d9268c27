"""Maps computed in a real worker's compute process, cancelled and killed in the middle."""

from __future__ import annotations

import os
import re
import signal

import numpy as np
import psutil
import pytest

from apps.jobs.models import Job, JobState
from apps.jobs.services import cancel_job
from apps.projections.models import ProjectionArray, ProjectionGrowth, ProjectionSet
from apps.projections.services import run_projection
from apps.projections.stopping import stop_projection
from tests.data import make_dataset, make_embedding_set
from tests.jobs.waiting import wait_for, wait_until

LAYOUT = "Optimising the layout"


@pytest.fixture
def start(worker, actor, project):
    """start(n_epochs) -> the job of a UMAP map of 3,000 datapoints."""
    vectors = np.random.default_rng(0).normal(size=(3000, 16))
    embedding_set = make_embedding_set(make_dataset(project, count=3000), vectors)

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


def test_a_layout_that_is_good_enough_is_kept_and_its_map_says_so(start, actor):
    job = start(5000)
    wait_until(lambda: Job.objects.get(pk=job.pk).frame_number > 1, "layouts in the making", 120)
    assert ProjectionGrowth.objects.get().phase == LAYOUT
    stop_projection(actor=actor, projection_set=ProjectionSet.objects.get(job=job))
    wait_for(job, JobState.DONE, JobState.FAILED, seconds=60)
    made = ProjectionSet.objects.get(job=job)
    assert (job.state, made.projection_count) == (JobState.DONE, 3000)
    assert any(re.search(r"stopped after epoch [\d,]+ of 5,000\.", note) for note in made.notes)
    assert not ProjectionGrowth.objects.exists()


@pytest.mark.holds(33)
def test_a_map_whose_compute_process_is_killed_is_made_at_the_second_attempt(start):
    job = start(2000)
    wait_until(lambda: phase_of(job) == LAYOUT, "the layout to begin", 120)
    os.kill(compute_process(job).pid, signal.SIGKILL)
    wait_for(job, JobState.DONE, JobState.FAILED, seconds=150)
    assert (job.state, job.attempt) == (JobState.DONE, 2)
    assert ProjectionArray.objects.count() == 5


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
    assert ProjectionArray.objects.count() == 5


def phase_of(job):
    return Job.objects.values_list("phase", flat=True).get(pk=job.pk)


def compute_process(job):
    job.refresh_from_db()
    children = psutil.Process(job.process_id).children()
    return next(child for child in children if "apps.jobs.compute.process" in child.cmdline())
