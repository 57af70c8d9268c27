"""Jobs that are split: their parts run like any job, and the whole joins them once."""

from __future__ import annotations

import os
import signal
import threading
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.common.errors import Conflict
from apps.curation.garbage import collect_garbage
from apps.jobs import leases
from apps.jobs.models import MAX_ATTEMPTS, Job, JobFile, JobState, Lane
from apps.jobs.runner import run_next
from apps.jobs.services import cancel_job, delete_job, retry_job
from tests.jobs.waiting import wait_for, wait_until

SHOWN = """query ($id: ID!) { job(id: $id) { state phase fraction error parent { id } queuePosition canRetry
  parts { count queued running done failed cancelled } } }"""

LONG_AGO = timezone.now() - timedelta(days=2)


@pytest.fixture
def shown(gql, alice):
    return lambda job: gql(alice, SHOWN, {"id": str(job.pk)})["data"]["job"]


def run_all():
    """Run what is queued, as a worker with a single heavy process does. How many attempts it took."""
    count = 0
    while run_next(Lane.HEAVY):
        count += 1
    return count


def test_one_worker_runs_the_parts_and_then_the_join(enqueue, alice, shown):
    job = enqueue("add_up", count=3)
    assert run_all() == 1 + 3 + 1
    job.refresh_from_db()
    alice.refresh_from_db()
    assert (job.state, job.attempt, alice.first_name) == (JobState.DONE, 1, "added 45 ")
    assert "Split into 3 parts." in job.log
    counts = {"count": 3, "queued": 0, "running": 0, "done": 3, "failed": 0, "cancelled": 0}
    assert shown(job)["parts"] == counts
    assert set(Job.objects.exclude(parent=None).values_list("requested_by", "lane", "attempt")) == {
        (alice.pk, Lane.HEAVY, 1)
    }


def test_what_parts_hand_over_is_gone_when_the_whole_is_done(enqueue):
    enqueue("add_up", count=2)
    run_next(Lane.HEAVY)
    run_next(Lane.HEAVY)
    paths = list(JobFile.objects.values_list("path", flat=True))
    assert len(paths) == 2
    assert all(map(default_storage.exists, paths))
    run_all()
    assert not JobFile.objects.exists()
    assert not any(map(default_storage.exists, paths))


def test_progress_is_the_counted_work_of_the_parts(enqueue, shown):
    job = enqueue("add_up", count=4)
    run_next(Lane.HEAVY)
    assert (shown(job)["state"], shown(job)["fraction"], shown(job)["queuePosition"]) == ("QUEUED", 0.0, None)
    run_next(Lane.HEAVY)
    assert (shown(job)["phase"], shown(job)["fraction"]) == ("1 of 4 parts are done", 0.25)
    part = leases.claim_next(Lane.HEAVY)
    Job.objects.filter(pk=part.pk).update(done=1, total=2)
    run_next(Lane.HEAVY)
    assert shown(job)["fraction"] == (1 + 1 + 0.5) / 4


def test_the_join_waits_for_a_part_that_another_worker_runs(enqueue):
    enqueue("add_up", count=2)
    run_next(Lane.HEAVY)
    part = leases.claim_next(Lane.HEAVY)
    assert run_all() == 1
    leases.release(part, "its worker was not heard of any more.")
    assert run_all() == 2


def test_two_workers_that_end_the_last_parts_at_once_join_once(enqueue, alice):
    job = enqueue("add_up", count=6, steps=2)
    workers = [threading.Thread(target=run_in_thread) for _ in range(3)]
    run_next(Lane.HEAVY)
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    wait_for(job, JobState.DONE, seconds=1)
    alice.refresh_from_db()
    assert alice.first_name == "added 45 "


def test_a_part_that_fails_fails_the_whole_with_its_reason_and_stops_the_others(enqueue, shown):
    job = enqueue("add_up", count=4, refuses=True)
    run_next(Lane.HEAVY)
    running = claim_other_than_first(job)
    assert run_until_failed(job)
    found = shown(job)
    assert (found["state"], found["error"], found["canRetry"]) == ("FAILED", "One is too many.", True)
    with pytest.raises(leases.CancelRequested):
        leases.finish(running)
    leases.cancel(running)
    assert run_all() == 0
    assert not Job.objects.active().exists()
    assert "Part 1 of 4 failed: One is too many." in Job.objects.get(pk=job.pk).log


def test_a_part_is_given_up_after_its_attempts_and_the_whole_with_it(enqueue):
    job = enqueue("add_up", count=1)
    run_next(Lane.HEAVY)
    for _ in range(MAX_ATTEMPTS):
        leases.release(leases.claim_next(Lane.HEAVY), "its worker was not heard of any more.")
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error.startswith("Given up after 3 attempts.")


def test_cancelling_the_whole_cancels_all_parts(enqueue, actor, alice):
    job = enqueue("add_up", count=3, steps=400)
    run_next(Lane.HEAVY)
    runner = threading.Thread(target=run_in_thread)
    runner.start()
    wait_until(lambda: Job.objects.filter(parent=job, state=JobState.RUNNING).exists(), "a part that runs")
    cancel_job(actor=actor, job=job)
    assert not Job.objects.filter(parent=job, state=JobState.QUEUED).exists()
    runner.join(5)
    assert not runner.is_alive()
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.CANCELLED}
    alice.refresh_from_db()
    assert alice.first_name == ""


def test_retrying_runs_only_what_is_missing(enqueue, actor, alice):
    job = enqueue("add_up", count=4)
    for _ in range(3):
        run_next(Lane.HEAVY)
    cancel_job(actor=actor, job=job)
    retry_job(actor=actor, job=job)
    assert run_all() == 2 + 1
    alice.refresh_from_db()
    assert alice.first_name == "added 45 "
    assert Job.objects.filter(parent=job).count() == 4


def test_retrying_waits_for_parts_that_still_stop(enqueue, actor):
    job = enqueue("add_up", count=2)
    run_next(Lane.HEAVY)
    part = leases.claim_next(Lane.HEAVY)
    cancel_job(actor=actor, job=job)
    before = Job.objects.values().get(pk=job.pk)
    with pytest.raises(Conflict, match="still stopping"):
        retry_job(actor=actor, job=job)
    assert Job.objects.values().get(pk=job.pk) == before
    leases.cancel(part)
    retry_job(actor=actor, job=job)
    assert run_all() == 2 + 1


def test_a_job_whose_handed_files_are_gone_begins_anew(enqueue, actor, alice):
    job = enqueue("add_up", count=3)
    run_next(Lane.HEAVY)
    run_next(Lane.HEAVY)
    cancel_job(actor=actor, job=job)
    JobFile.objects.all().delete()
    retry_job(actor=actor, job=job)
    assert run_all() == 1 + 3 + 1
    alice.refresh_from_db()
    assert alice.first_name == "added 45 "


def test_what_a_failed_job_handed_over_is_garbage_after_a_day(enqueue, actor):
    job = enqueue("add_up", count=2)
    run_next(Lane.HEAVY)
    run_next(Lane.HEAVY)
    Job.objects.filter(parent=job, state=JobState.DONE).update(finished_at=LONG_AGO)
    collect_garbage()
    assert JobFile.objects.count() == 2
    cancel_job(actor=actor, job=job)
    Job.objects.filter(pk=job.pk).update(finished_at=LONG_AGO)
    assert collect_garbage(dry_run=True).rows == 2
    collect_garbage()
    assert not JobFile.objects.exists()


def test_parts_are_no_jobs_of_the_list_and_are_not_handled_alone(enqueue, gql, alice, actor):
    job = enqueue("add_up", count=2)
    run_next(Lane.HEAVY)
    listed = gql(alice, "{ jobs { edges { node { id } } totalCount } }")["data"]["jobs"]
    assert listed == {"edges": [{"node": {"id": str(job.pk)}}], "totalCount": 1}
    part = Job.objects.filter(parent=job).first()
    assert gql(alice, SHOWN, {"id": str(part.pk)})["data"]["job"]["parent"] == {"id": str(job.pk)}
    before = list(Job.objects.order_by("pk").values())
    for act in (cancel_job, retry_job, delete_job):
        with pytest.raises(Conflict, match="part of a job"):
            act(actor=actor, job=part)
    assert list(Job.objects.order_by("pk").values()) == before


def test_parts_count_as_their_requesters_turn_and_not_as_waiting(enqueue, alice, bob, monkeypatch):
    monkeypatch.setattr("apps.jobs.services.MOST_WAITING", 3)
    monkeypatch.setattr("apps.jobs.services.MOST_ACTIVE", 4)
    enqueue("add_up", count=4)
    later = enqueue("sleep", seconds=0)
    run_next(Lane.HEAVY)
    enqueue("sleep", seconds=0)
    enqueue("sleep", seconds=0, actor=Actor(user=bob))
    taken = [leases.claim_next(Lane.HEAVY) for _ in range(6)]
    assert [job.requested_by.username for job in taken[:3]] == ["bob", "alice", "alice"]
    assert [job.kind for job in taken if job.requested_by == alice] == ["add_some"] * 4 + ["sleep"]
    assert taken[-1] == later


@pytest.mark.holds(33, 34)
def test_a_worker_killed_in_a_part_costs_an_attempt_at_that_part_alone(worker, enqueue, alice):
    job = enqueue("add_up", count=3, hangs=True)
    first = lambda: Job.objects.get(parent=job, parameters__start=0)  # noqa: E731
    wait_until(lambda: Job.objects.filter(parent=job, phase="Waiting to be killed").exists(), "the part that hangs")
    os.kill(first().process_id, signal.SIGKILL)
    wait_for(job, JobState.DONE)
    alice.refresh_from_db()
    assert (job.attempt, alice.first_name) == (1, "added 45 ")
    assert dict(Job.objects.filter(parent=job).values_list("parameters__start", "attempt")) == {0: 2, 1: 1, 2: 1}


def claim_other_than_first(job):
    """A part that another worker runs."""
    Job.objects.filter(parent=job, parameters__start=0).update(queued_at=leases.Now() + leases.LEASE)
    return leases.claim_next(Lane.HEAVY)


def run_until_failed(job):
    while run_next(Lane.HEAVY):
        job.refresh_from_db()
        if job.state == JobState.FAILED:
            return True
    return False


def run_in_thread():
    while run_next(Lane.HEAVY):
        pass
    connection.close()
