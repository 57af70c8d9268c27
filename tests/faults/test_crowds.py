"""Two hundred sockets, too many queries, too few files: the server stays what it was."""

from __future__ import annotations

import asyncio
import json
import resource
import statistics
import time
from contextlib import AsyncExitStack, suppress
from uuid import uuid4

import httpx
import psutil
import pytest

from apps.projects.models import Role
from tests.cast import make_member, make_token, make_user
from tests.data import make_dataset
from tests.gates.raw import connect, head
from tests.jobs.waiting import wait_until
from tests.live import LiveServer
from tests.projects.test_news import Socket, describe, in_thread

pytestmark = pytest.mark.django_db(transaction=True)
MIB = 1024 * 1024


@pytest.mark.holds(22)
def test_two_hundred_sockets_hear_each_event_though_twenty_never_read(live, alice, project):
    users = [make_user(f"listener{number}") for number in range(10)]
    for user in users:
        make_member(project, user, Role.VIEWER)
    tokens = [make_token(user) for user in users]
    server = psutil.Process(live.process.pid)
    files, memory, threads = server.num_fds(), server.memory_info().rss, server.num_threads()
    delays = []

    async def scene():
        async with AsyncExitStack() as opened:
            sockets = [await opened.enter_async_context(Socket(live, token=tokens[n % 10])) for n in range(200)]
            deaf, hearing = sockets[:20], sockets[20:]
            for socket in sockets:
                await socket.subscribe(project, after=project.last_seq + 1)
            for socket in deaf:
                socket.socket.transport.pause_reading()
            await asyncio.sleep(3)
            for number in range(20):
                started = time.monotonic()
                await in_thread(describe, alice, project, f"event {number}")
                await asyncio.gather(*(socket.news(30) for socket in hearing))
                delays.append(time.monotonic() - started)
                await asyncio.sleep(max(0, 1 - delays[-1]))
            assert server.memory_info().rss - memory < 150 * MIB

    asyncio.run(scene())
    print(f"200 sockets: median {statistics.median(delays):.2f} s, worst {max(delays):.2f} s until all have heard")
    wait_until(lambda: server.num_fds() <= files + 2, "open files are back at their base", 60)
    wait_until(lambda: server.num_threads() <= threads + 8, "threads are back at their base", 60)


@pytest.mark.holds(22, 23)
def test_five_hundred_queries_at_once_are_answered_or_told_when_to_come_back(live, alice, bob, project, token_for):
    make_dataset(project, count=2000)
    query = "{ datapoints(first: 500) { edges { node { id key row tags { name } } } } }"
    server = psutil.Process(live.process.pid)
    memory, threads = server.memory_info().rss, server.num_threads()
    most_threads = threads

    async def scene(greedy, modest):
        nonlocal most_threads
        limits = httpx.Limits(max_connections=None)
        # One address has so many connections: the modest user comes from another.
        elsewhere = httpx.AsyncHTTPTransport(local_address="127.0.0.3")
        async with (
            httpx.AsyncClient(base_url=live.url, timeout=120, limits=limits) as here,
            httpx.AsyncClient(base_url=live.url, timeout=120, transport=elsewhere) as there,
        ):

            async def ask(client, token, text):
                with suppress(httpx.TransportError):
                    answer = await client.post(
                        "/graphql", json={"query": text}, headers={"Authorization": f"Bearer {token}"}
                    )
                    if answer.status_code in {429, 503}:
                        assert int(answer.headers["Retry-After"]) >= 1
                    return answer.status_code
                return None

            many = [asyncio.create_task(ask(here, greedy, query)) for _ in range(500)]
            for _ in range(10):
                await asyncio.sleep(0.3)
                assert await ask(there, modest, "{ me { username } }") == 200
                most_threads = max(most_threads, server.num_threads())
            return await asyncio.gather(*many)

    statuses = asyncio.run(scene(token_for(alice), token_for(bob)))
    assert set(statuses) <= {200, 429, 503, None}
    assert statuses.count(200) >= 20
    assert most_threads <= threads + 32
    assert server.memory_info().rss - memory < 250 * MIB


@pytest.mark.holds(22, 38)
def test_a_server_that_has_no_files_left_says_so_and_recovers(process_environment):
    with LiveServer(process_environment) as server:
        resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (128, 128))
        many = []
        with suppress(OSError):
            for _ in range(300):
                connection = connect(server)
                connection.sendall(head("POST", f"/bulk/v1/{uuid4()}", "Content-Length: 10"))
                many.append(connection)
        time.sleep(2)
        assert server.process.poll() is None
        for connection in many:
            connection.close()

        def is_well() -> bool:
            with suppress(httpx.TransportError):
                return json.loads(httpx.get(f"{server.url}/healthz").text)["database"] == "ok"
            return False

        wait_until(is_well, "the server answers again", 30)
