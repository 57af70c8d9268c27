"""One command serves the web and runs a worker, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from apps.jobs.health import is_worker_alive
from apps.jobs.models import JobState
from tests.jobs.processes import CHECKOUT, Running
from tests.jobs.waiting import wait_for, wait_until


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(params=[[], ["--noreload"]], ids=["reloading", "noreload"])
def server(request, process_environment, port):
    with Running(process_environment, "runserver", f"127.0.0.1:{port}", *request.param) as running:
        wait_until(lambda: answers(port), "the server to answer")
        wait_until(is_worker_alive, "the worker's first heartbeat")
        yield running


def test_runserver_runs_jobs(process_environment, port, enqueue):
    with Running(process_environment, "runserver", f"127.0.0.1:{port}", "--noreload"):
        wait_for(enqueue("count", n=1), JobState.DONE)


def test_sigterm_ends_all_of_it(server):
    server.stop(signal.SIGTERM)


def test_ctrl_c_ends_all_of_it(server):
    # A terminal sends it to the whole foreground group, not to the server alone.
    for process in server.look().left():
        if os.getpgid(process.pid) == os.getpgid(server.process.pid):
            process.send_signal(signal.SIGINT)
    server.stop(signal.SIGINT)


def test_killing_the_server_ends_all_of_it(server):
    server.stop(signal.SIGKILL)


def test_a_reload_ends_the_worker_and_starts_another(process_environment, port, enqueue):
    with Running(process_environment, "runserver", f"127.0.0.1:{port}") as server:
        wait_until(lambda: answers(port), "the server to answer")
        wait_until(is_worker_alive, "the worker's first heartbeat")
        before = server.look().left()
        (CHECKOUT / "apps" / "jobs" / "health.py").touch()
        wait_until(lambda: not any(process in before for process in server.left()), "the old processes gone")
        wait_until(lambda: answers(port), "the server to answer again")
        wait_for(enqueue("count", n=1), JobState.DONE)
        server.stop(signal.SIGTERM)


def test_a_server_without_worker_leaves_jobs_queued(process_environment, port, enqueue):
    with Running(process_environment, "runserver", f"127.0.0.1:{port}", "--noreload", "--no-worker") as running:
        wait_until(lambda: answers(port), "the server to answer")
        assert running.look().left() == []
        assert not is_worker_alive()


def test_a_taken_port_stops_the_start_with_a_sentence(process_environment):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}", "--noreload"]
        ended = subprocess.run(
            command, cwd=CHECKOUT, env=process_environment, capture_output=True, text=True, timeout=60, check=False
        )
    assert ended.returncode == 1
    assert ended.stderr == f"CommandError: Cannot serve on 127.0.0.1:{port}: Address already in use.\n"


def test_an_empty_data_folder_needs_no_command_before(tmp_path, port):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    with Running(environment | {"CHROMA_DATA_DIR": str(tmp_path)}, "runserver", f"127.0.0.1:{port}", "--noreload"):
        wait_until(lambda: answers(port), "the server to answer")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as response:
            assert json.load(response)["database"] == "ok"


def answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/web", timeout=1):
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
