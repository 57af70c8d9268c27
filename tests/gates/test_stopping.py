"""SIGTERM: what is in flight ends or is told to come back, and the process is gone within ten seconds."""

from __future__ import annotations

import asyncio
import signal
import time
from contextlib import AsyncExitStack, closing
from uuid import uuid4

import pytest
from django.db import connection as database
from websockets.exceptions import ConnectionClosed

from tests.gates.conftest import SmallServer
from tests.gates.raw import connect, head, parse, read
from tests.live import LiveServer
from tests.projects.test_news import Socket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.holds(22, 38)]


@pytest.fixture
def stopping(process_environment):
    with SmallServer(process_environment) as server:
        yield server


def test_a_server_that_is_told_to_stop_lets_go_of_everybody(stopping, alice, project, token_for):
    token = token_for(alice)
    credential = f"Authorization: Bearer {token}"
    idle, uploading, working = connect(stopping), connect(stopping), connect(stopping)
    idle.sendall(head("GET", "/healthz/web"))
    assert parse(idle.recv(65536)).status == 200
    uploading.sendall(head("PUT", f"/bulk/v1/uploads/{uuid4()}/chunks/0", "Content-Length: 500000", credential) + b"\0")

    async def scene():
        async with AsyncExitStack() as opened:
            sockets = [await opened.enter_async_context(Socket(stopping, token=token)) for _ in range(5)]
            for socket in sockets:
                await socket.subscribe(project, after=project.last_seq + 1)
            await asyncio.sleep(0.5)
            stopped = time.monotonic()
            stopping.process.send_signal(signal.SIGTERM)
            for socket in sockets:
                with pytest.raises(ConnectionClosed) as closed:
                    await socket.receive(10)
                assert closed.value.rcvd.code == 1012
            return stopped

    stopped = asyncio.run(scene())
    with closing(idle), closing(uploading), closing(working):
        assert read(idle) == b""
        # Was connected before; what it asks now comes too late.
        working.sendall(head("GET", "/", "Connection: close"))
        answer = read(working)
        assert not answer or parse(answer).status == 503
        read(uploading)
    assert stopping.process.wait(10) == 0
    assert time.monotonic() - stopped < 10


@pytest.mark.skipif("database.vendor != 'sqlite'", reason="how a request is made to last: SQLite has one writer")
def test_a_request_that_ends_in_time_is_answered_and_one_that_does_not_is_told_to_come_back(stopping, alice, token_for):
    """Both wait for a writer that keeps the database: the first gets its turn in time."""
    body = b'{"query": "mutation { createProject(input: {name: \\"%s\\"}) { errors { code } } }"}'
    token = token_for(alice)
    lines = ["Content-Type: application/json", f"Authorization: Bearer {token}", "Connection: close"]

    def ask(name: bytes):
        content = body % name
        connection = connect(stopping)
        connection.sendall(head("POST", "/graphql", f"Content-Length: {len(content)}", *lines) + content)
        return connection

    database.cursor().execute("BEGIN IMMEDIATE")
    waiting = ask(b"Waits")
    time.sleep(1)
    stopping.process.send_signal(signal.SIGTERM)
    time.sleep(1)
    database.cursor().execute("COMMIT")
    answer = parse(read(waiting))
    assert answer.status == 200
    assert stopping.process.wait(10) == 0
    waiting.close()


def test_a_request_that_lasts_too_long_is_told_to_come_back(process_environment, alice, token_for):
    """A thread that waits for the database cannot be ended; the process that people run does not wait for it."""
    with LiveServer(process_environment) as server:
        token = token_for(alice)
        if database.vendor == "sqlite":
            database.cursor().execute("BEGIN IMMEDIATE")
        else:
            database.set_autocommit(False)
            database.cursor().execute("LOCK TABLE projects_project IN ACCESS EXCLUSIVE MODE")
        try:
            content = b'{"query": "mutation { createProject(input: {name: \\"Late\\"}) { errors { code } } }"}'
            lines = ["Content-Type: application/json", f"Authorization: Bearer {token}"]
            with closing(connect(server)) as connection:
                connection.sendall(head("POST", "/graphql", f"Content-Length: {len(content)}", *lines) + content)
                time.sleep(1)
                started = time.monotonic()
                server.process.send_signal(signal.SIGTERM)
                answer = parse(read(connection))
            assert (answer.status, answer.code) == (503, "RETRY_LATER")
            assert answer.headers["retry-after"]
            server.process.wait(10)
            assert time.monotonic() - started < 10
        finally:
            database.cursor().execute("ROLLBACK") if database.vendor == "sqlite" else database.rollback()
            if database.vendor != "sqlite":
                database.set_autocommit(True)
