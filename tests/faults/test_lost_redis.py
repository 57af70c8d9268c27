"""Redis only wakes: jobs run while it is gone or stands still, and nobody waits for it."""

from __future__ import annotations

import subprocess
import time

import psutil
import pytest

from tests.faults.installation import Installation
from tests.faults.load import VECTORS
from tests.jobs.waiting import wait_until
from tests.live import _free_port

pytestmark = [pytest.mark.holds(33, 34, 38), pytest.mark.timeout(400)]

PAUSE = 60
# No request waits longer for a Redis that does not answer.
PATIENCE = 5


@pytest.fixture
def redis(tmp_path):
    port = _free_port()
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        process.url = f"redis://127.0.0.1:{port}/0"
        yield process
        process.kill()


@pytest.fixture
def woken(tmp_path, redis):
    """An installation that is woken by Redis."""
    with Installation(tmp_path / "data", redis_url=redis.url) as installation:
        installation.serve()
        installation.work()
        yield installation


@pytest.fixture
def makes_maps(woken, report_seconds):
    """makes_maps("while what"): a map is asked for without a wait, and done within half a minute."""
    project = woken.project()
    dataset = project.dataset("train")
    dataset.log([f"k{row}" for row in range(200)], embeddings=VECTORS[:200], quiet=True)
    project.run_projection([dataset], method="pca", quiet=True)

    def makes_maps(what):
        asked = time.monotonic()
        made = project.run_projection([dataset], method="pca", wait=False)
        assert time.monotonic() - asked < PATIENCE
        wait_until(lambda: project.jobs()[0].state == "done", f"a map {what}", 30)
        report_seconds(f"a map {what}", time.monotonic() - asked)
        assert len(made.positions()) == 200

    return makes_maps


def test_jobs_are_done_without_redis_and_after_it(woken, redis, makes_maps):
    redis.kill()
    redis.wait()
    makes_maps("while Redis is gone")
    woken.worker.stop()
    woken.worker.__exit__()
    woken.work()
    makes_maps("by a worker that never saw Redis")
    woken.check_invariants()


def test_jobs_are_done_while_redis_stands_still_and_after_that(woken, redis, makes_maps):
    process = psutil.Process(redis.pid)
    process.suspend()
    paused = time.monotonic()
    try:
        makes_maps("while Redis stands still")
        project = woken.project()
        for number in range(3):
            began = time.monotonic()
            project.describe(f"Text {number}")
            assert time.monotonic() - began < PATIENCE
        time.sleep(max(0.0, PAUSE - (time.monotonic() - paused)))
    finally:
        process.resume()
    makes_maps("after Redis stood still")
