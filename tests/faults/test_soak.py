"""Five minutes of work with a fault every twenty seconds: nothing is lost, and nothing grows."""

from __future__ import annotations

import random
import time

import numpy as np
import psutil
import pytest

from tests.faults.installation import Installation
from tests.faults.load import VECTORS, Logging
from tests.faults.postgres import Postgres
from tests.jobs.waiting import wait_until

pytestmark = [pytest.mark.holds(33, 34, 38), pytest.mark.timeout(1200)]

SECONDS, EVERY, SEED = 300, 20, 4
# The web process may grow by so much an hour, once it is warm; far less than what a leak per request would be.
MOST_GROWTH = 256 * 2**20
FAULTS = (
    "kill a process of the worker",
    "kill a lane's parent",
    "kill the worker",
    "kill the server",
    "restart the database",
    "stop the worker for five seconds",
    "stop the server for five seconds",
)


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def soaked(request, tmp_path):
    """An installation with a server and a worker, and its PostgreSQL if it has one."""
    if request.param == "SQLite":
        with Installation(tmp_path / "data") as installation:
            yield installation, None
    else:
        with Postgres() as postgres, Installation(tmp_path / "data", database_url=postgres.url) as installation:
            yield installation, postgres


@pytest.mark.holds(24, 25, 27)
def test_five_minutes_of_faults(soaked, report_seconds):
    installation, postgres = soaked
    installation.serve()
    installation.work()
    chance = random.Random(SEED)
    project = installation.project()
    seen = project.dataset("seen")
    seen.log([f"k{row}" for row in range(300)], embeddings=VECTORS[:300], quiet=True)
    writers = [Logging(installation, f"train {number}") for number in range(2)]
    for writer in writers:
        writer.start()
    maps, slowest = [], 0.0
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        began = time.monotonic()
        maps.append(ask_for_a_map(project, seen, len(maps)))
        fault = chance.choice([name for name in FAULTS if postgres or "database" not in name])
        happen(fault, installation, postgres, chance)
        wait_until(installation.is_well, f"all well after: {fault}", 120)
        slowest = max(slowest, time.monotonic() - began)
        time.sleep(max(0.0, EVERY - (time.monotonic() - began)))
    report_seconds(f"slowest of {len(maps)} faults in {SECONDS} s", slowest)
    for made in maps:
        made.wait(quiet=True)
    for writer in writers:
        writer.end()
    assert [len(made.positions()) for made in maps] == [300] * len(maps)
    wait_until(lambda: not list((installation.data_dir / "scratch").glob("*")), "no scratch files", 10)
    installation.check_invariants()


@pytest.mark.holds(39)
def test_a_server_and_a_worker_at_work_do_not_grow(installation):
    """Without faults, which would start processes anew: memory, open files and threads stay where they were."""
    installation.serve()
    installation.work()
    project = installation.project()
    dataset = project.dataset("train")
    dataset.log([f"k{row}" for row in range(300)], embeddings=VECTORS[:300], quiet=True)
    measured = []
    for round_ in range(60):
        for number in range(10):
            dataset.log([f"{round_}-{number}-{row}" for row in range(20)], labels=["a"] * 20, quiet=True)
            project.datasets()[0].keys()
        project.run_projection([dataset], method="pca", quiet=True).delete()
        measured.append(sizes_of(installation))
    half = np.array(measured)[20:]
    memory, files, threads = (np.polyfit(range(len(half)), column, 1)[0] * len(half) for column in half.T)
    assert memory < MOST_GROWTH, f"{memory / 2**20:.0f} MiB in {len(half)} rounds"
    assert files < 8, f"{files:.1f} open files in {len(half)} rounds"
    assert threads < 8, f"{threads:.1f} threads in {len(half)} rounds"


def ask_for_a_map(project, dataset, number):
    return project.run_projection([dataset], method="pca", name=f"map {number}", wait=False)


def happen(fault, installation, postgres, chance):
    worker, web = installation.worker, installation.web
    match fault:
        case "kill a process of the worker":
            chance.choice(worker.look().left()).kill()
        case "kill a lane's parent":
            chance.choice(psutil.Process(worker.process.pid).children()).kill()
        case "kill the worker":
            worker.process.kill()
            worker.__exit__()
            installation.work()
        case "kill the server":
            web.process.kill()
            web.__exit__()
            installation.serve()
        case "restart the database":
            postgres.restart()
        case "stop the worker for five seconds":
            pause([psutil.Process(worker.process.pid), *worker.look().left()])
        case "stop the server for five seconds":
            pause([psutil.Process(web.process.pid)])


def pause(processes):
    for process in processes:
        process.suspend()
    time.sleep(5)
    for process in processes:
        if process.is_running():
            process.resume()


def sizes_of(installation):
    """Memory, open files and threads of the server and of all that the worker started."""
    roots = [psutil.Process(each.process.pid) for each in (installation.web, installation.worker)]
    total = np.zeros(3)
    for process in [*roots, *(child for root in roots for child in root.children(recursive=True))]:
        total += (process.memory_info().rss - process.memory_info().shared, process.num_fds(), process.num_threads())
    return total
