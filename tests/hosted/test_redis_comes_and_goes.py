"""Redis only wakes: without it, or after it forgot everything, jobs and news still arrive."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from apps.jobs.models import JobState
from tests.hosted.test_two_servers import describe_over
from tests.jobs.waiting import wait_for
from tests.projects.test_news import Socket, in_thread


@pytest.mark.holds(33, 38)
def test_jobs_whose_wake_ups_redis_forgot_are_done(workers, redis_server, enqueue):
    jobs = [enqueue("count", n=1) for _ in range(6)]
    redis_server.client.flushall()
    for job in jobs:
        wait_for(job, JobState.DONE, seconds=30)


@pytest.mark.holds(37, 38)
def test_a_redis_that_died_and_came_back_needs_nobodys_help(
    servers, workers, redis_server, alice, project, enqueue, token_for
):
    async def scene(token):
        async with Socket(servers[1], token=token) as socket:
            await socket.subscribe(project, after=project.last_seq + 1)
            await socket.silence(0.5)
            redis_server.stop()
            job = await in_thread(enqueue, "count", n=1)
            assert (await socket.news())["jobs"], "the queued job is news without Redis"
            await in_thread(describe_over, servers[0], token, project, "Without Redis")
            while not any(change["targetType"] == "project" for change in (await socket.news())["changes"]):
                pass
            redis_server.start()
            await in_thread(wait_for, job, JobState.DONE, seconds=60)

    asyncio.run(scene(token_for(alice)))
    for job in [enqueue("count", n=1) for _ in range(4)]:
        wait_for(job, JobState.DONE, seconds=30)


@pytest.mark.holds(38)
def test_a_redis_that_hangs_keeps_nobody_waiting(servers, workers, redis_server, alice, project, token_for, enqueue):
    pid = redis_server.client.info("server")["process_id"]
    os.kill(pid, signal.SIGSTOP)
    try:
        for number in range(3):
            describe_over(servers[0], token_for(alice), project, f"Text {number}")
    finally:
        os.kill(pid, signal.SIGCONT)
    wait_for(enqueue("count", n=1), JobState.DONE, seconds=60)
