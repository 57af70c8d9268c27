"""Clocks that are wrong, processes that stand still for two minutes, and too many open files."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import ExitStack
from datetime import datetime

import psutil
import pytest

from tests.faults.installation import Installation
from tests.faults.load import VECTORS, Logging
from tests.faults.postgres import Postgres
from tests.jobs.processes import Running
from tests.jobs.waiting import wait_until

pytestmark = [pytest.mark.holds(38), pytest.mark.timeout(600)]

PAUSE = 120

HEARTBEATS = "SELECT count(*) FROM jobs_workerheartbeat"
WRONG = "tests.faults.clock_settings"
HOURS_AHEAD, MINUTES_BEHIND = 2 * 3600, -5 * 60


@pytest.mark.holds(33)
@pytest.mark.parametrize("clock", [HOURS_AHEAD, MINUTES_BEHIND])
def test_a_worker_whose_clock_is_wrong_neither_loses_nor_steals_jobs(tmp_path, clock):
    """Several machines may share a PostgreSQL: its clock counts, and no other."""
    with Postgres() as postgres, Installation(tmp_path / "data", database_url=postgres.url) as hosted:
        hosted.serve()
        hosted.work()
        with Running(with_clock(hosted.environment, clock), "worker", settings=WRONG):
            wait_until(lambda: postgres.ask(HEARTBEATS) == 2, "both workers' first heartbeats", 120)
            project = hosted.project()
            dataset = project.dataset("train")
            dataset.log([f"k{row}" for row in range(2000)], embeddings=VECTORS[:2000], quiet=True)
            long = {"method": "umap", "n_epochs": 4000, "wait": False}
            maps = [project.run_projection([dataset], name=f"map {number}", **long) for number in range(2)]
            wait_until(lambda: [job.state for job in project.jobs()] == ["running"] * 2, "one map for each worker", 120)
            exports = [project.create_export(dataset=dataset) for _ in range(4)]
            for each in [*maps, *exports]:
                each.wait(quiet=True)
            assert postgres.ask(HEARTBEATS) == 2, "nobody's heartbeat was taken for an old one"
        jobs = list(project.jobs())
        assert all("Attempt 2" not in job.log for job in jobs), "no lease ran out before its time"
        assert all(seconds_of(job) >= 0 for job in jobs)
        assert len({job.id for job in jobs}) == 6
        hosted.check_invariants()


@pytest.mark.parametrize(("web", "worker"), [(0, HOURS_AHEAD), (0, MINUTES_BEHIND), (MINUTES_BEHIND, 0)])
def test_a_server_and_a_worker_that_disagree_about_the_time_work(installation, web, worker, report_seconds):
    right = installation.environment
    installation.environment = with_clock(right, web)
    installation.serve(settings=WRONG)
    installation.environment = with_clock(right, worker)
    installation.work(settings=WRONG)
    project = installation.project()
    dataset = project.dataset("train")
    dataset.log([f"k{row}" for row in range(200)], embeddings=VECTORS[:200], quiet=True)
    started = time.monotonic()
    project.run_projection([dataset], method="pca", quiet=True)
    report_seconds(f"a map with the web's clock off by {web} s, the worker's by {worker} s", time.monotonic() - started)
    [job] = project.jobs()
    assert seconds_of(job) >= 0
    assert "Attempt 1 of 3" in job.log
    assert "Attempt 2" not in job.log
    installation.check_invariants()


@pytest.mark.holds(24, 33)
def test_a_server_and_a_worker_that_stand_still_for_two_minutes_go_on(installation, report_seconds):
    installation.serve()
    installation.work()
    project = installation.project()
    logging = Logging(installation)
    logging.start()
    seen = project.dataset("seen")
    seen.log([f"k{row}" for row in range(500)], embeddings=VECTORS[:500], quiet=True)
    made = project.run_projection([seen], method="umap", n_epochs=3000, wait=False)
    wait_until(lambda: project.jobs()[0].state == "running", "the map to be under way")
    processes = [psutil.Process(each.process.pid) for each in (installation.web, installation.worker)]
    processes += [child for process in processes for child in process.children(recursive=True)]
    for process in processes:
        process.suspend()
    time.sleep(PAUSE)
    for process in reversed(processes):
        process.resume()
    resumed = time.monotonic()
    logging.goes_on()
    wait_until(installation.is_well, "everything well", 60)
    report_seconds("web and worker stopped for two minutes: logging goes on, all well", time.monotonic() - resumed)
    made.wait(quiet=True)
    logging.end()
    assert len(made.positions()) == 500
    installation.check_invariants()


def test_a_server_that_runs_out_of_open_files_refuses_and_recovers(installation, report_seconds):
    installation.serve(prefix=["prlimit", "--nofile=128:128"])
    project = installation.project()
    statuses = set()
    with ExitStack() as opened:
        for _ in range(160):
            try:
                opened.enter_context(socket.create_connection(("127.0.0.1", installation.port), timeout=2))
            except OSError:
                break
        for _ in range(5):
            try:
                statuses.add(installation.http(timeout=3).get("/healthz").status_code)
            except Exception as problem:  # noqa: BLE001 - no answer is what is expected
                statuses.add(type(problem).__name__)
        assert installation.web.process.poll() is None
    closed = time.monotonic()
    wait_until(lambda: installation.health().get("database") == "ok", "an answer again", 30)
    project.describe("Well again")
    report_seconds("open files used up, then closed: answers again", time.monotonic() - closed)
    assert 500 not in statuses


@pytest.mark.holds(24, 29)
def test_many_requests_with_few_open_files_left_are_answered_or_refused(installation):
    installation.serve(prefix=["prlimit", "--nofile=96:96"])
    installation.project().dataset("train").log(["k0"], embeddings=VECTORS[:1], quiet=True)
    query, statuses = {"query": "{ datasets { edges { node { id name } } } }"}, []

    def ask():
        with installation.http(timeout=40) as client:
            for _ in range(6):
                try:
                    statuses.append(client.post("/graphql", json=query).status_code)
                except Exception as problem:  # noqa: BLE001 - a connection that was not taken
                    statuses.append(type(problem).__name__)

    threads = [threading.Thread(target=ask) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert 200 in statuses
    assert 500 not in statuses
    wait_until(lambda: installation.health().get("database") == "ok", "an answer again", 30)


def with_clock(environment, seconds):
    return environment | {"WRONG_CLOCK": str(seconds)}


def seconds_of(job):
    """How long it ran, as people see it."""
    return (datetime.fromisoformat(job.finished_at) - datetime.fromisoformat(job.started_at)).total_seconds()
