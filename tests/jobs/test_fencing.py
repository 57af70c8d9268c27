"""Who lost the lease changes nothing any more, whatever it was about to do; and each job has one outcome."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.db.models.functions import Now

from apps.accounts.models import User
from apps.common.errors import Conflict
from apps.jobs import leases
from apps.jobs.keeper import Keeper
from apps.jobs.models import Job, JobState, Lane
from apps.jobs.run import JobRun
from apps.jobs.runner import on_wake_up, run_next
from apps.jobs.scratch import FOLDER, Scratch, remove_left_behind
from apps.jobs.services import cancel_job
from tests.jobs.waiting import wait_until

ROUNDS = 12


@pytest.fixture
def zombie(enqueue):
    """The first attempt at a job, whose lease ran out while its process was stopped."""
    enqueue("count", n=1)
    job = leases.claim_next(Lane.LIGHT)
    with Keeper(job) as keeper, Scratch(job.lease) as scratch:
        Job.objects.filter(pk=job.pk).update(lease_until=Now() - leases.LEASE)
        leases.reap()
        yield JobRun(job, keeper, scratch)


def name_alice():
    User.objects.filter(username="alice").update(first_name="zombie")


@pytest.mark.holds(33)
@pytest.mark.parametrize("again", [JobState.QUEUED, JobState.RUNNING, JobState.DONE])
def test_a_zombie_writes_nothing_wherever_the_job_is_by_now(zombie, alice, again):
    if again == JobState.RUNNING:
        leases.claim_next(Lane.LIGHT)
    if again == JobState.DONE:
        assert run_next(Lane.LIGHT)
    before = Job.objects.values().get(pk=zombie.job.pk)
    for write in (zombie.transaction, zombie.commit):
        with pytest.raises(leases.LeaseLost), write():
            name_alice()
    leases.fail(zombie.job, "I was a zombie.")
    leases.cancel(zombie.job)
    leases.release(zombie.job, "I was a zombie.")
    with pytest.raises(leases.LeaseLost):
        wait_until(lambda: zombie.progress("Counting") is True, "the end of the zombie", 5)
    assert Job.objects.values().get(pk=zombie.job.pk) == before
    alice.refresh_from_db()
    assert alice.first_name == ("counted " if again == JobState.DONE else "")


@pytest.mark.holds(33)
def test_a_commit_under_way_when_the_lease_ends_is_whole_or_nothing(enqueue, alice):
    """The reaper comes between the first statement of a commit and its end."""
    enqueue("count", n=1)
    job = leases.claim_next(Lane.LIGHT)
    Job.objects.filter(pk=job.pk).update(lease_until=Now() - leases.LEASE)
    with Keeper(job) as keeper, Scratch(job.lease) as scratch, JobRun(job, keeper, scratch).commit():
        name_alice()
        reaper = threading.Thread(target=in_thread, args=[leases.reap])
        reaper.start()
        reaper.join(0.5)
    reaper.join(30)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert not run_next(Lane.LIGHT)


@pytest.mark.holds(36)
def test_a_job_that_is_cancelled_as_it_ends_has_one_outcome(enqueue, alice, actor):
    outcomes = set()
    for round_ in range(ROUNDS):
        job = enqueue("count", n=0)
        alice.first_name = ""
        alice.save()
        runner = threading.Thread(target=in_thread, args=[run_next, Lane.LIGHT])
        runner.start()
        threading.Event().wait(0.004 * round_)
        try:
            cancel_job(actor=actor, job=job)
        except Conflict:
            was_cancelled = False
        else:
            was_cancelled = True
        runner.join(30)
        while run_next(Lane.LIGHT):
            pass
        job.refresh_from_db()
        alice.refresh_from_db()
        assert job.state == (JobState.CANCELLED if was_cancelled else JobState.DONE)
        assert alice.first_name == ("" if was_cancelled else "counted ")
        assert (job.lease, job.lease_until) == (None, None)
        outcomes.add(job.state)
    assert outcomes


@pytest.mark.holds(36)
def test_a_second_cancellation_changes_nothing(enqueue, actor):
    job = enqueue("count", n=1)
    cancel_job(actor=actor, job=job)
    before = Job.objects.values().get(pk=job.pk)
    with pytest.raises(Conflict, match="already ended"):
        cancel_job(actor=actor, job=job)
    assert Job.objects.values().get(pk=job.pk) == before


@pytest.mark.holds(36)
def test_viewers_and_strangers_cancel_nothing(enqueue, gql, vera, charlie):
    job = enqueue("count", n=1)
    cancel = "mutation ($id: ID!) { cancelJob(input: {id: $id}) { errors { code } } }"
    refusals = [gql(user, cancel, {"id": str(job.pk)})["data"]["cancelJob"]["errors"] for user in (vera, charlie)]
    assert refusals == [[{"code": "FORBIDDEN"}], [{"code": "NOT_FOUND"}]]
    assert Job.objects.get(pk=job.pk).cancel_requested_at is None


@pytest.mark.holds(33)
def test_wake_ups_that_come_twice_and_at_once_run_each_job_once(enqueue, alice):
    jobs = [enqueue("count", n=0) for _ in range(6)]
    wake_ups = [
        threading.Thread(target=in_thread, args=[on_wake_up, "light", str(job.pk)]) for job in jobs for _ in range(2)
    ]
    for wake_up in wake_ups:
        wake_up.start()
    for wake_up in wake_ups:
        wake_up.join(60)
    alice.refresh_from_db()
    assert alice.first_name == "counted " * len(jobs)
    assert set(Job.objects.values_list("state", "attempt")) == {(JobState.DONE, 1)}


@pytest.mark.holds(33)
def test_what_killed_attempts_left_on_the_disk_is_removed_and_what_runs_keeps_its_own(enqueue):
    enqueue("count", n=1)
    running = Scratch(leases.claim_next(Lane.LIGHT).lease)
    killed = Scratch("11111111-1111-4111-8111-111111111111")
    kept, gone = running.array((3,), "f4"), killed.array((3,), "f4")
    remove_left_behind()
    assert running.path_of(kept).exists()
    assert not killed.folder.exists()
    del gone
    running.__exit__()
    assert not list(FOLDER.glob("*"))


def in_thread(act, *arguments):
    act(*arguments)
    connection.close()
