"""Each process of a worker, killed or stopped: the next job starts within half a minute."""

from __future__ import annotations

import signal
import time
from contextlib import suppress

import psutil
import pytest

from apps.jobs.health import is_worker_alive
from apps.jobs.models import Job, JobState, Lane
from tests.jobs.processes import Running
from tests.jobs.waiting import wait_for, wait_until

RECOVERY = 30


def lane_of(worker, lane):
    """The processes of a lane: its cluster's parent, the sentinel below, and what that started."""
    worker.look()
    parent = next(process for process in worker.left() if lane in process.cmdline())
    sentinel = parent.children()[0]
    return parent, sentinel, sentinel.children()


def kill(*processes):
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()


@pytest.fixture
def runs_again(enqueue, report_seconds):
    """runs_again("after what"): a job of each lane starts within half a minute and is done."""

    def runs_again(what):
        asked = time.monotonic()
        jobs = [enqueue("count", n=1), enqueue("sleep", seconds=0.1)]
        for job in jobs:
            wait_until(
                lambda job=job: Job.objects.get(pk=job.pk).attempt > 0, f"a {job.lane} job after {what}", RECOVERY
            )
        report_seconds(what, time.monotonic() - asked)
        for job in jobs:
            wait_for(job, JobState.DONE)

    return runs_again


@pytest.mark.holds(34)
@pytest.mark.timeout(900)
def test_a_worker_survives_the_death_of_any_of_its_processes(own_worker, runs_again):
    runs_again("nothing was killed")
    for lane in Lane:
        for number in range(len(lane_of(own_worker, lane)[2])):
            _, _, children = lane_of(own_worker, lane)
            kill(children[number])
            runs_again(f"process {number} of the idle {lane} lane was killed")
        for number in (0, 1):
            kill(lane_of(own_worker, lane)[number])
            runs_again(f"the {('parent', 'sentinel')[number]} of the {lane} lane was killed")
    idle = [process for lane in Lane for process in lane_of(own_worker, lane)[2]]
    kill(*idle)
    runs_again("all idle processes were killed at once")
    kill(*(process for process in own_worker.look().left() if process.pid != own_worker.process.pid))
    runs_again("everything but the supervisor was killed")


@pytest.mark.holds(33, 34)
@pytest.mark.timeout(300)
def test_a_job_is_taken_by_the_next_worker_after_its_supervisor_was_killed(
    process_environment, enqueue, report_seconds
):
    with Running(process_environment, "worker") as first:
        job = enqueue("hang_once")
        wait_until(lambda: Job.objects.get(pk=job.pk).phase == "Waiting to be killed", "the first phase")
        first.stop(signal.SIGKILL)
    killed = time.monotonic()
    with Running(process_environment, "worker"):
        # Nobody is left who saw it die: its lease has to run out.
        wait_for(job, JobState.DONE)
        report_seconds("job of a killed supervisor done by the next worker", time.monotonic() - killed)
    assert job.attempt == 2
    assert "its worker was not heard of any more" in job.log


@pytest.mark.holds(33, 38)
@pytest.mark.timeout(400)
def test_a_process_that_was_stopped_past_its_lease_changes_nothing_when_it_goes_on(
    two_workers, enqueue, alice, report_seconds
):
    job = enqueue("count", n=60)
    wait_until(lambda: Job.objects.get(pk=job.pk).done > 5, "some work")
    job.refresh_from_db()
    zombie = psutil.Process(job.process_id)
    zombie.suspend()
    stopped = time.monotonic()
    try:
        wait_until(lambda: Job.objects.get(pk=job.pk).attempt == 2, "the second attempt", 90)
        report_seconds("job of a stopped process taken by another (lease: 30 s)", time.monotonic() - stopped)
        wait_for(job, JobState.DONE)
    finally:
        zombie.resume()
    ended = Job.objects.values().get(pk=job.pk)
    time.sleep(5)
    assert Job.objects.values().get(pk=job.pk) == ended
    alice.refresh_from_db()
    assert alice.first_name == "counted "


@pytest.mark.holds(33, 34)
@pytest.mark.timeout(400)
def test_a_worker_that_is_stopped_as_a_whole_loses_its_job_and_goes_on_afterwards(
    two_workers, enqueue, alice, report_seconds
):
    job = enqueue("count", n=60)
    wait_until(lambda: Job.objects.get(pk=job.pk).done > 5, "some work")
    job.refresh_from_db()
    [owner] = [worker for worker in two_workers if job.process_id in {process.pid for process in worker.look().left()}]
    processes = [psutil.Process(owner.process.pid), *owner.left()]
    for process in processes:
        process.suspend()
    stopped = time.monotonic()
    wait_until(lambda: Job.objects.get(pk=job.pk).attempt == 2, "the second attempt", 90)
    report_seconds("job of a worker that is stopped as a whole taken by another", time.monotonic() - stopped)
    wait_for(job, JobState.DONE)
    for process in reversed(processes):
        process.resume()
    time.sleep(5)
    alice.refresh_from_db()
    assert alice.first_name == "counted "
    for _ in range(4):
        wait_for(enqueue("count", n=1), JobState.DONE)


@pytest.mark.holds(35)
@pytest.mark.timeout(300)
def test_a_poison_job_ends_with_its_reason_and_lets_others_through(own_worker, enqueue, report_seconds):
    poison = enqueue("die")
    others = [enqueue("count", n=1) for _ in range(3)]
    report_seconds("poison job given up", wait_for(poison, JobState.FAILED, seconds=120))
    for job in others:
        wait_for(job, JobState.DONE)
    assert poison.attempt == 3
    assert poison.error.startswith("Given up after 3 attempts. The last one ended in the phase “Dying”: the worker's")


@pytest.mark.holds(21, 33)
@pytest.mark.timeout(300)
def test_light_and_heavy_jobs_that_eat_memory_end_alone_with_the_reason(process_environment, enqueue, report_seconds):
    environment = process_environment | {"CHROMA_JOB_MEMORY": "1"}
    with Running(environment, "worker"):
        wait_until(is_worker_alive, "the worker's first heartbeat")
        for kind in ("eat", "eat_heavily"):
            job = enqueue(kind)
            report_seconds(f"{kind}: ended for want of memory", wait_for(job, JobState.FAILED, seconds=60))
            assert job.error.startswith("The job was stopped: it needed more than 1.0 GiB of memory")
            assert job.attempt == 1
            wait_for(enqueue("count", n=1), JobState.DONE, seconds=RECOVERY)
            wait_for(enqueue("sleep", seconds=0.1), JobState.DONE, seconds=RECOVERY)


@pytest.mark.holds(36)
@pytest.mark.timeout(300)
def test_a_job_that_hears_of_nothing_is_cancelled_all_the_same(own_worker, enqueue, gql, alice, report_seconds):
    job = enqueue("deaf")
    wait_until(lambda: Job.objects.get(pk=job.pk).phase == "Deaf", "its phase")
    cancel = "mutation ($id: ID!) { cancelJob(input: {id: $id}) { errors { message } } }"
    assert gql(alice, cancel, {"id": str(job.pk)})["data"]["cancelJob"]["errors"] == []
    seconds = wait_for(job, JobState.CANCELLED, seconds=30)
    report_seconds("job that does not listen cancelled", seconds)
    assert seconds < 5.5
    wait_for(enqueue("count", n=1), JobState.DONE)


@pytest.mark.holds(33)
@pytest.mark.timeout(300)
def test_a_worker_stops_within_twenty_seconds_whatever_it_does_and_the_job_loses_no_attempt(
    process_environment, enqueue, report_seconds
):
    with Running(process_environment, "worker") as worker:
        job = enqueue("deaf")
        wait_until(lambda: Job.objects.get(pk=job.pk).phase == "Deaf", "its phase")
        seconds = worker.stop(signal.SIGTERM)
    report_seconds("worker stopped in the middle of a job that does not listen", seconds)
    assert seconds < 20
    job.refresh_from_db()
    assert (job.state, job.attempt) == (JobState.QUEUED, 0)
