from __future__ import annotations

import os

import pytest
from django.db import connection

from apps.accounts.actor import Actor
from apps.jobs.health import is_worker_alive
from apps.jobs.services import enqueue_job
from tests.jobs.kinds_app import tasks  # noqa: F401 - registers the kinds
from tests.jobs.processes import Running
from tests.jobs.waiting import wait_until
from tests.live import database_url


@pytest.fixture
def enqueue(transactional_db, alice, project):
    """enqueue("kind", **parameters) -> a job that Alice asked for."""

    def enqueue(kind, *, actor=None, **parameters):
        return enqueue_job(
            actor=actor or Actor(user=alice), project=project, kind=kind, title=f"A {kind}", parameters=parameters
        )

    return enqueue


@pytest.fixture
def actor(alice):
    return Actor(user=alice)


@pytest.fixture(scope="module")
def shared_worker(django_db_setup, django_db_blocker):
    """A real worker for the tests of a module, as starting one takes seconds."""
    with django_db_blocker.unblock():
        environment = {**os.environ, "DATABASE_URL": database_url(connection.settings_dict)}
    with Running(environment, "worker") as running:
        yield running


@pytest.fixture
def worker(transactional_db, shared_worker):
    """The shared worker, ready for jobs."""
    wait_until(is_worker_alive, "a heartbeat of the worker")
    return shared_worker


@pytest.fixture
def own_worker(process_environment):
    """A real worker that the test may stop."""
    with Running(process_environment, "worker") as running:
        wait_until(is_worker_alive, "the worker's first heartbeat")
        yield running
