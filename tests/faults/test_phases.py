"""Real jobs, killed and cancelled in each of their phases and in the middle of their commit."""

from __future__ import annotations

import os
import re
import signal
import time

import pytest

from apps.common.errors import Conflict
from apps.jobs.models import Job, JobState
from apps.jobs.scratch import FOLDER
from apps.jobs.services import cancel_job
from tests.faults.slow_app.apps import marker_of
from tests.jobs.waiting import wait_for, wait_until
from tests.truth.invariants import check_invariants

COMMIT = "the commit"
SAID = re.compile(r"^\d\d:\d\d:\d\d (.+)\.$", re.MULTILINE)


@pytest.mark.timeout(900)
@pytest.mark.holds(33, 34, 25)
def test_a_job_that_is_killed_is_done_once_at_its_second_attempt(slow_worker, scene, report_seconds):
    phases, whole = rehearse(scene)
    for phase in [*phases, COMMIT]:
        job = scene.ask()
        before = scene.made()
        meet(job, phase)
        assert scene.made() - before in ({0, whole} if scene.keeps_parts else {0}), f"a part is seen in {phase}"
        killed = time.monotonic()
        os.kill(job.process_id, signal.SIGKILL)
        wait_until(lambda job=job: attempt_of(job) == 2, f"the second attempt after {phase}", 30)
        report_seconds(f"{job.kind} killed in {phase}: taken again", time.monotonic() - killed)
        wait_for(job, JobState.DONE, JobState.FAILED, seconds=90)
        assert (job.state, job.attempt) == (JobState.DONE, 2), job.log
        assert "Attempt 1 was cut short: the worker's process was killed" in job.log
        assert scene.made() - before == whole
    nothing_left()


@pytest.mark.timeout(900)
@pytest.mark.holds(36)
def test_a_job_is_cancelled_within_five_seconds_in_each_phase(slow_worker, scene, report_seconds):
    if not scene.is_cancellable:
        refuse_to_cancel(scene)
        return
    phases, whole = rehearse(scene)
    for phase in phases:
        job = scene.ask()
        before = scene.made()
        meet(job, phase)
        cancel_job(actor=scene.actor, job=job)
        seconds = wait_for(job, JobState.CANCELLED, JobState.DONE, seconds=30)
        report_seconds(f"{job.kind} cancelled in {phase}", seconds)
        assert job.state == JobState.CANCELLED
        assert seconds < 5
        assert scene.made() - before in ({0, whole} if scene.keeps_parts else {0})
    nothing_left()


@pytest.mark.timeout(300)
@pytest.mark.holds(36)
def test_a_job_that_is_cancelled_in_its_commit_has_ended_already(slow_worker, scene):
    if not scene.is_cancellable:
        return
    before = scene.made()
    job = scene.ask()
    meet(job, COMMIT)
    with pytest.raises(Conflict, match="already ended"):
        cancel_job(actor=scene.actor, job=job)
    wait_for(job, JobState.DONE)
    assert scene.made() > before
    nothing_left()


def rehearse(scene):
    """Run such a job undisturbed. Gives the phases that it told of, and how much it made."""
    job = scene.ask()
    before = scene.made()
    wait_for(job, JobState.DONE)
    assert job.attempt == 1
    said = SAID.findall(job.log)
    phases = [phase for phase in said if not phase.startswith("Attempt ") and phase != "Done"]
    assert phases, job.log
    return phases, scene.made() - before


def meet(job, phase):
    """Wait until the job is in that phase."""
    if phase == COMMIT:
        wait_until(lambda: marker_of(job.pk).exists(), "its commit")
    else:
        wait_until(lambda: Job.objects.get(pk=job.pk).phase == phase, phase)
    job.refresh_from_db()


def attempt_of(job):
    return Job.objects.values_list("attempt", flat=True).get(pk=job.pk)


def refuse_to_cancel(scene):
    job = scene.ask()
    with pytest.raises(Conflict, match="A deletion that has begun cannot be cancelled"):
        cancel_job(actor=scene.actor, job=job)
    wait_for(job, JobState.DONE)


def nothing_left():
    """No folder of an attempt outlives it, and everything that is stored holds together."""
    wait_until(lambda: not list(FOLDER.glob("*")), "the folders of killed attempts are removed", 10)
    check_invariants()
