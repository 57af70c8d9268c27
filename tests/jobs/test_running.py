"""What becomes of a job that one process runs."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection

from apps.accounts.actor import Actor
from apps.jobs import leases
from apps.jobs.models import Job, JobState, Lane
from apps.jobs.runner import run_next
from apps.jobs.services import cancel_job, retry_job
from apps.projects.models import Change, Membership
from tests.jobs.waiting import wait_for


def test_a_job_does_its_work_and_is_done(enqueue, alice):
    job = enqueue("count", n=2)
    assert run_next(Lane.LIGHT)
    job.refresh_from_db()
    alice.refresh_from_db()
    assert (job.state, job.attempt, job.phase, job.error) == (JobState.DONE, 1, "Counting", "")
    assert job.started_at <= job.finished_at
    assert job.lease is None
    assert alice.first_name == "counted "
    assert "Attempt 1 of 3 started." in job.log
    assert "Counting." in job.log
    assert job.log.endswith("Done.\n")


def test_browsers_hear_of_each_state(enqueue, project):
    job = enqueue("count", n=1)
    run_next(Lane.LIGHT)
    heard = Change.objects.filter(project=project, target_type="job", target_id=str(job.pk))
    assert list(heard.values_list("kind", flat=True)) == ["created", "updated", "updated"]


def test_jobs_of_a_lane_run_in_the_order_they_came(enqueue):
    first, second = enqueue("count", n=1), enqueue("refuse")
    run_next(Lane.LIGHT)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (JobState.DONE, JobState.QUEUED)


def test_a_lane_leaves_the_jobs_of_the_other_alone(enqueue):
    enqueue("count", n=1)
    assert not run_next(Lane.HEAVY)
    assert Job.objects.get().state == JobState.QUEUED


def test_an_expected_failure_is_told_in_its_own_words(enqueue):
    job = enqueue("refuse")
    run_next(Lane.LIGHT)
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "Seven is too many.")


def test_a_bug_is_told_without_its_inside(enqueue, caplog):
    job = enqueue("break")
    run_next(Lane.LIGHT)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error.startswith("Something went wrong inside Chroma.")
    assert "secret" not in job.error + job.log
    assert "/secret/path" in caplog.text


@pytest.mark.holds(33, 38)
def test_a_job_that_lost_the_database_is_tried_again(enqueue):
    job = enqueue("lose_database")
    assert run_next(Lane.LIGHT)
    assert run_next(Lane.LIGHT)
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.DONE, 2)
    assert "Attempt 1 was cut short: the database could not be reached. Queued again." in job.log


def test_who_lost_the_role_gets_nothing_done(enqueue, bob, alice):
    job = enqueue("count", n=1, actor=Actor(user=bob))
    Membership.objects.filter(user=bob).update(role="viewer")
    run_next(Lane.LIGHT)
    job.refresh_from_db()
    bob.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "bob may no longer do this in the project.")
    assert bob.first_name == ""


def test_a_job_that_is_tried_again_is_of_who_asks_now(enqueue, bob, actor, alice):
    job = enqueue("count", n=1, actor=Actor(user=bob))
    Membership.objects.filter(user=bob).update(role="viewer")
    run_next(Lane.LIGHT)
    retry_job(actor=actor, job=job)
    run_next(Lane.LIGHT)
    job.refresh_from_db()
    assert (job.state, job.requested_by) == (JobState.DONE, alice)


@pytest.mark.holds(36)
def test_a_running_job_stops_soon_after_it_is_cancelled(enqueue, actor, alice):
    job = enqueue("count", n=400)
    runner = threading.Thread(target=run_in_thread)
    runner.start()
    wait_for(job, JobState.RUNNING)
    asked = time.monotonic()
    cancel_job(actor=actor, job=job)
    runner.join(5)
    job.refresh_from_db()
    alice.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert time.monotonic() - asked < 3
    assert alice.first_name == ""


@pytest.mark.holds(33)
def test_a_job_whose_lease_was_given_to_another_changes_nothing(enqueue, alice):
    job = enqueue("count", n=20)
    runner = threading.Thread(target=run_in_thread)
    runner.start()
    wait_for(job, JobState.RUNNING)
    other = "11111111-1111-4111-8111-111111111111"
    Job.objects.filter(pk=job.pk).update(lease=other)
    runner.join(10)
    job.refresh_from_db()
    alice.refresh_from_db()
    assert (job.state, str(job.lease)) == (JobState.RUNNING, other)
    assert alice.first_name == ""


@pytest.mark.holds(36)
def test_the_result_and_the_end_of_a_job_are_one(enqueue, alice):
    job = enqueue("count", n=1)
    claimed = leases.claim_next(Lane.LIGHT)
    Job.objects.filter(pk=job.pk).update(cancel_requested_at=claimed.started_at)
    with pytest.raises(leases.CancelRequested):
        leases.finish(claimed)
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


def run_in_thread():
    run_next(Lane.LIGHT)
    connection.close()
