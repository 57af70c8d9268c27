"""Two web servers and two workers over one PostgreSQL, one Redis and one storage folder (scripts/test-hosted)."""

from __future__ import annotations

import os
import socket
import subprocess
from contextlib import ExitStack
from urllib.parse import urlsplit

import chroma_sdk as chroma
import pytest
import redis
from django.db import connection

from apps.jobs.models import WorkerHeartbeat
from tests.jobs.conftest import actor, enqueue  # noqa: F401 - fixtures
from tests.jobs.processes import Running
from tests.jobs.waiting import wait_until
from tests.live import LiveServer, database_url


class RedisServer:
    """The Redis of the run, which a test may stop, pause and start again."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.client = redis.Redis.from_url(url, socket_timeout=5)
        self._started: subprocess.Popen | None = None

    def stop(self) -> None:
        self.client.shutdown(nosave=True, now=True)
        wait_until(lambda: not self._answers(), "Redis is gone")

    def start(self) -> None:
        address = urlsplit(self.url)
        command = [
            "redis-server",
            "--bind",
            address.hostname,
            "--port",
            str(address.port),
            "--save",
            "",
            "--appendonly",
        ]
        self._started = subprocess.Popen([*command, "no"], stdout=subprocess.DEVNULL)
        wait_until(self._answers, "Redis answers")

    def end(self) -> None:
        if self._started is not None:
            self._started.terminate()
            self._started.wait(10)

    def _answers(self) -> bool:
        address = urlsplit(self.url)
        with socket.socket() as probe:
            return probe.connect_ex((address.hostname, address.port)) == 0


@pytest.fixture(scope="session")
def redis_server():
    server = RedisServer(os.environ["REDIS_URL"])
    yield server
    server.end()


@pytest.fixture(scope="session")
def environment(django_db_setup) -> dict[str, str]:
    assert connection.vendor == "postgresql", "run these tests by scripts/test-hosted"
    # Few datapoints count as many, so that their neighbours are made in parts.
    return {**os.environ, "DATABASE_URL": database_url(connection.settings_dict), "CHROMA_SHARD_ROWS": "5000"}


@pytest.fixture(scope="session")
def _servers(environment, redis_server):
    with LiveServer(environment) as first, LiveServer(environment) as second:
        yield first, second


@pytest.fixture(scope="session")
def _workers(environment, redis_server, django_db_blocker):
    with django_db_blocker.unblock(), Running(environment, "worker") as first, Running(environment, "worker") as second:
        yield first, second


@pytest.fixture
def servers(_servers, transactional_db) -> tuple[LiveServer, LiveServer]:
    return _servers


@pytest.fixture
def workers(_workers, transactional_db) -> tuple[Running, Running]:
    """Both are ready for jobs."""
    wait_until(lambda: WorkerHeartbeat.objects.count() == 2, "the heartbeats of two workers", 30)
    return _workers


@pytest.fixture
def client_at(token_for):
    """client_at(server, user) -> a client of that server with a token of the user."""
    with ExitStack() as opened:

        def make(server: LiveServer, user) -> chroma.Client:
            return opened.enter_context(chroma.Client(server.url, token_for(user)))

        yield make
