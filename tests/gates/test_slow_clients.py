"""Clients that are slow, silent or never read: none keeps a connection, a file or memory for long."""

from __future__ import annotations

import time
from contextlib import closing, suppress
from uuid import uuid4

import numpy as np
import pytest

from tests.data import make_dataset, make_embedding_set
from tests.gates.raw import ask, connect, head, parse, read, seconds_until_closed

CHUNK = f"/bulk/v1/uploads/{uuid4()}/chunks/0"
HEALTH = head("GET", "/healthz/web", "Connection: close")

pytestmark = pytest.mark.holds(20, 22)


def drip(connection, text: bytes, seconds: float, pause: float = 0.3) -> bytes:
    """Send byte after byte for so long, or until the server has enough of it; what it said."""
    connection.settimeout(pause)
    ends, position = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        with suppress(ConnectionError):
            connection.sendall(text[position % len(text) : position % len(text) + 1])
        position += 1
        try:
            if chunk := connection.recv(65536):
                return chunk + read(connection)
            return b""
        except TimeoutError:
            continue
        except ConnectionError:
            return b""
    raise AssertionError("the server never had enough")


def test_a_head_that_comes_byte_by_byte_is_cut_off(small):
    with closing(connect(small)) as connection:
        answer = parse(drip(connection, b"GET / HTTP/1.1\r\nX: " + b"y" * 1000, seconds=8))
    assert (answer.status, answer.code) == (408, "BAD_USER_INPUT")


def test_a_connection_that_says_nothing_is_closed(small):
    with closing(connect(small)) as connection:
        assert seconds_until_closed(connection) < 8


def test_a_connection_is_kept_for_a_next_request_but_not_for_ever(small):
    with closing(connect(small)) as connection:
        connection.sendall(head("GET", "/healthz/web"))
        connection.settimeout(1)
        assert parse(connection.recv(65536)).status == 200
        connection.sendall(head("GET", "/healthz/web"))
        assert parse(connection.recv(65536)).status == 200
        connection.settimeout(15)
        assert seconds_until_closed(connection) < 10


def test_a_body_that_stops_is_cut_off_and_its_file_gone(small, usage, alice, token_for):
    before = usage(small)
    with closing(connect(small)) as connection:
        credential = f"Authorization: Bearer {token_for(alice)}"
        connection.sendall(head("PUT", CHUNK, "Content-Length: 8000000", credential) + b"\0" * 200_000)
        answer = parse(read(connection))
    assert (answer.status, answer.code) == (408, "BAD_USER_INPUT")
    time.sleep(0.5)
    assert usage(small).temporary == before.temporary


def test_a_body_that_drips_is_cut_off(small):
    with closing(connect(small)) as connection:
        connection.sendall(head("POST", "/graphql", "Content-Length: 50000"))
        answer = parse(drip(connection, b"x" * 100, seconds=10))
    assert answer.status == 408


def test_who_reads_no_answer_is_dropped_and_holds_a_few_pieces_of_it_at_most(small, usage, alice, project, token_for):
    dataset = make_dataset(project, count=20_000)
    vectors = make_embedding_set(dataset, np.ones((20_000, 512), dtype=np.float32))
    lines = [f"Authorization: Bearer {token_for(alice)}", "Connection: close"]
    request = head("GET", f"/bulk/v1/embedding-sets/{vectors.pk}/vectors", *lines)
    # Once in good order: what the server loads for its first answer of this kind stays.
    assert ask(small, request).status == 200
    before = usage(small)
    connections = [connect(small, receive_buffer=4096) for _ in range(4)]
    for connection in connections:
        connection.sendall(request)
    time.sleep(1.5)
    assert usage(small).memory - before.memory < 200 * 1024**2, "four answers of 40 MB wait in memory"
    ends = time.monotonic() + 15
    while usage(small).files > before.files and time.monotonic() < ends:
        time.sleep(0.2)
    assert usage(small).files <= before.files
    for connection in connections:
        connection.close()


def test_a_hundred_slow_clients_leave_the_server_to_others(small):
    slow = [connect(small, source="127.0.0.3") for _ in range(55)]
    for connection in slow:
        connection.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
    assert ask(small, HEALTH).status == 200
    for connection in slow:
        connection.close()


def test_one_address_has_a_bounded_number_of_connections(small):
    many = [connect(small, source="127.0.0.3") for _ in range(60)]
    refused = ask(small, HEALTH, source="127.0.0.3")
    other = ask(small, HEALTH)
    for connection in many:
        connection.close()
    assert (refused.status, refused.code) == (429, "RATE_LIMITED")
    assert other.status == 200
    time.sleep(0.5)
    assert ask(small, HEALTH, source="127.0.0.3").status == 200
