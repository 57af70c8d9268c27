"""PostgreSQL ends without a goodbye in the middle of work, and starts again; so does the web server."""

from __future__ import annotations

import asyncio
import signal
import socket
import time

import pytest

from tests.faults.installation import Installation
from tests.faults.load import VECTORS, Knocking, Logging
from tests.faults.postgres import Postgres
from tests.jobs.waiting import wait_until
from tests.logging.upload import declaration_of, sha256, stream_of, table_of
from tests.projects.test_news import Socket

pytestmark = [pytest.mark.holds(38), pytest.mark.timeout(600)]


@pytest.fixture
def postgres():
    with Postgres() as postgres:
        yield postgres


@pytest.fixture
def hosted(tmp_path, postgres):
    """An installation on that PostgreSQL, with a server and a worker."""
    with Installation(tmp_path / "data", database_url=postgres.url) as installation:
        installation.serve()
        installation.work()
        yield installation


@pytest.mark.holds(24, 33)
def test_a_database_that_restarts_in_the_middle_of_work_needs_nobodys_help(hosted, postgres, report_seconds):
    project = hosted.project()
    project.dataset("seen").log([f"s{row}" for row in range(500)], embeddings=VECTORS[:500], quiet=True)
    logging, knocking = Logging(hosted), Knocking(hosted)
    made = project.run_projection([project.dataset("seen")], method="umap", n_epochs=2000, wait=False)
    wait_until(lambda: project.jobs()[0].state == "running", "the map to be under way")
    logging.start()
    knocking.start()
    for _ in range(3):
        logging.goes_on()
        time.sleep(1.3)
        postgres.restart()
        restarted = time.monotonic()
        wait_until(hosted.is_well, "everything well again", 30)
        report_seconds("PostgreSQL restarted (immediate): web, database and worker well", time.monotonic() - restarted)
    made.wait(quiet=True)
    statuses = knocking.end()
    logging.end()
    assert set(statuses) <= {200, 503}, "nobody sees anything but an answer or a request to come back"
    assert 503 in statuses
    assert len(made.positions()) == 500
    hosted.check_invariants()


@pytest.mark.holds(37)
def test_sockets_go_on_after_the_database_was_away(hosted, postgres, report_seconds):
    project_id = hosted.project().id

    async def scene():
        named = type("Named", (), {"pk": project_id})
        async with Socket(hosted, token=hosted.token) as ear:
            await ear.subscribe(named, after=0)
            await ear.news()
            await asyncio.to_thread(postgres.stop)
            await asyncio.sleep(6)
            refused = await knock_while_away(hosted)
            await asyncio.to_thread(postgres.start)
            started = time.monotonic()
            await asyncio.to_thread(hosted.project().describe, "After the restart")
            while not (await ear.news(30))["changes"]:
                pass
            report_seconds("PostgreSQL away for six seconds: news on the open socket", time.monotonic() - started)
            return refused

    assert asyncio.run(scene()) == 1013


async def knock_while_away(hosted):
    """The code with which a socket is closed that is opened while the database is away."""
    async with Socket(hosted, token=hosted.token, init=False) as ear:
        await ear.send({"type": "connection_init", "payload": ear.payload})
        await asyncio.wait_for(ear.socket.wait_closed(), 20)
        return ear.socket.close_code


@pytest.mark.holds(24, 25, 27)
def test_an_upload_goes_on_after_the_web_server_was_killed_in_its_middle(installation, report_seconds):
    installation.serve()
    logging = Logging(installation)
    logging.start()
    for number in range(4):
        logging.goes_on()
        time.sleep(0.15 * number)
        installation.web.stop(signal.SIGKILL)
        killed = time.monotonic()
        installation.serve()
        logging.goes_on()
        report_seconds(
            "web server killed in the middle of an upload: next rows acknowledged", time.monotonic() - killed
        )
    logging.end()
    installation.check_invariants()


@pytest.mark.holds(24, 25)
def test_half_a_chunk_that_a_killed_server_had_is_not_kept(installation):
    installation.serve()
    content = stream_of(table_of({"key": [f"k{row}" for row in range(500)], "embedding": VECTORS[:500]}))
    declared = declaration_of(content, 500, dimension=VECTORS.shape[1])
    dataset, http = installation.project().dataset("train"), installation.http(timeout=30)
    upload = http.post(f"/bulk/v1/datasets/{dataset.id}/uploads", json=declared).json()
    path, headers = f"/bulk/v1/uploads/{upload['id']}", {"X-Chroma-Sha256": sha256(content)}
    with socket.create_connection(("127.0.0.1", installation.port)) as wire:
        head = f"PUT {path}/chunks/0 HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {installation.token}\r\n"
        head += f"Content-Length: {len(content)}\r\nX-Chroma-Sha256: {sha256(content)}\r\n\r\n"
        wire.sendall(head.encode() + content[: len(content) // 2])
        time.sleep(0.5)
        installation.web.stop(signal.SIGKILL)
    installation.serve()
    assert http.get(path).json()["missing_chunks"] == [0]
    assert dataset.keys() == []
    assert http.put(f"{path}/chunks/0", content=content, headers=headers).status_code == 200
    assert http.post(f"{path}/commit").status_code == 200
    assert len(dataset.keys()) == 500
    installation.check_invariants()
