from __future__ import annotations

import os

import pytest
from django.db import connection

from apps.jobs.health import is_worker_alive
from apps.jobs.models import WorkerHeartbeat
from tests.faults.installation import Installation
from tests.faults.report import pytest_terminal_summary, report_seconds  # noqa: F401 - a hook and a fixture
from tests.faults.scenes import SCENES
from tests.jobs.conftest import actor, enqueue, own_worker  # noqa: F401 - fixtures
from tests.jobs.processes import Running
from tests.jobs.waiting import wait_until
from tests.live import database_url


@pytest.fixture(scope="module")
def _slow_worker(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        environment = {**os.environ, "DATABASE_URL": database_url(connection.settings_dict)}
    with Running(environment, "worker", settings="tests.faults.slow_settings") as running:
        yield running


@pytest.fixture
def slow_worker(transactional_db, _slow_worker):
    """A worker that stays a while in each phase of a job, and in its commit."""
    wait_until(is_worker_alive, "a heartbeat of the worker")
    return _slow_worker


@pytest.fixture
def two_workers(process_environment):
    """Two workers over one database."""
    with Running(process_environment, "worker") as first, Running(process_environment, "worker") as second:
        wait_until(lambda: WorkerHeartbeat.objects.count() == 2, "both workers' first heartbeats")
        yield first, second


@pytest.fixture(params=sorted(SCENES))
def scene(request, transactional_db, alice, project):
    """Something real that a job does."""
    return SCENES[request.param](alice, project)


@pytest.fixture
def installation(tmp_path):
    """A whole Chroma of its own: data folder, SQLite, web server and worker."""
    with Installation(tmp_path / "data") as installation:
        yield installation
