"""Bodies are refused by what their head says, before a byte of them is kept."""

from __future__ import annotations

import time
from contextlib import closing, suppress
from uuid import UUID

import pytest

from chroma_site.server.addresses import largest_body
from tests.gates.raw import ask, connect, head, parse, read, statuses
from tests.projects.test_news import session_of

GIB, MIB = 1024**3, 1024**2
# The same in every process of a test run.
NOBODYS = UUID(int=7)
CHUNK = f"/bulk/v1/uploads/{NOBODYS}/chunks/0"
PATHS = ["/graphql", "/auth/login", CHUNK, f"/bulk/v1/projects/{NOBODYS}/files", "/", "/admin/login/", "/static/x"]

pytestmark = pytest.mark.holds(20)


def bearer(secret: str) -> str:
    return f"Authorization: Bearer {secret}"


@pytest.mark.parametrize("path", PATHS)
def test_a_body_over_the_limit_of_its_address_is_refused_before_it_is_sent(live, path):
    answer = ask(live, head("POST", path, f"Content-Length: {largest_body(path) + 1}"))
    assert (answer.status, answer.code) == (413, "PAYLOAD_TOO_LARGE")
    assert answer.headers["connection"] == "close"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "credential", ["", "Cookie: sessionid=made-up", bearer("chr_" + "x" * 43), "Authorization: Basic eDp5"]
)
def test_a_gigabyte_of_who_is_not_signed_in_reaches_neither_disk_nor_memory(small, usage, credential):
    before, block = usage(small), b"\0" * MIB
    lines = [credential] if credential else []
    for size in (8 * MIB, GIB):
        with closing(connect(small)) as connection, suppress(ConnectionError, TimeoutError):
            connection.sendall(head("PUT", CHUNK, f"Content-Length: {size}", *lines))
            for _ in range(size // MIB):
                connection.sendall(block)
    after = usage(small)
    assert after.written - before.written < 64 * MIB
    assert after.memory - before.memory < 64 * MIB
    assert after.temporary == before.temporary


@pytest.mark.parametrize("lines", [[], ["Cookie: sessionid=made-up"], [bearer("chr_" + "x" * 43)]])
def test_a_large_body_is_for_who_is_signed_in(live, lines):
    answer = ask(live, head("PUT", CHUNK, "Content-Length: 8000000", *lines))
    assert (answer.status, answer.code) == (401, "UNAUTHENTICATED")


@pytest.mark.parametrize("how", ["token", "session"])
def test_who_is_signed_in_gets_as_far_as_the_view(live, alice, token_for, how):
    credential = bearer(token_for(alice)) if how == "token" else f"Cookie: sessionid={session_of(alice)}"
    size = 8 * MIB
    answer = ask(live, head("PUT", CHUNK, f"Content-Length: {size}", "Connection: close", credential), b"\0" * size)
    # By session without a CSRF token: Django's own refusal. By token: there is no such upload.
    assert (answer.status, answer.code) == ((404, "NOT_FOUND") if how == "token" else (403, "FORBIDDEN"))


@pytest.mark.parametrize("path", ["/graphql", CHUNK, "/"])
def test_an_endless_body_in_chunks_is_refused_at_once(small, usage, path):
    before = usage(small)
    with closing(connect(small)) as connection, suppress(ConnectionError):
        connection.sendall(head("POST", path, "Transfer-Encoding: chunked"))
        piece = b"%x\r\n" % MIB + b"\0" * MIB + b"\r\n"
        for _ in range(200):
            connection.sendall(piece)
    answer = ask(small, head("POST", path, "Transfer-Encoding: chunked"))
    assert (answer.status, answer.code) == (411, "BAD_USER_INPUT")
    after = usage(small)
    assert after.memory - before.memory < 64 * MIB
    assert after.written - before.written < 64 * MIB


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (["Content-Length: 5", "Content-Length: 6"], 400),
        (["Content-Length: 5", "Content-Length: 5"], 400),
        (["Content-Length: -5"], 400),
        (["Content-Length: +5"], 400),
        (["Content-Length: 5, 5"], 400),
        (["Content-Length: 0x5"], 400),
        (["Content-Length:"], 400),
        (["Content-Length: " + "9" * 5000], 413),
        (["Content-Length: 99999999999999999999"], 413),
        (["Content-Length: 5", "Transfer-Encoding: chunked"], 400),
        (["Transfer-Encoding: chunked", "Content-Length: 5"], 400),
        (["Transfer-Encoding: identity"], 411),
        (["Transfer-Encoding: gzip"], 400),
        (["Transfer-Encoding: chunked, identity"], 400),
        (["Transfer-Encoding: xchunked"], 400),
        (["Transfer-Encoding : chunked"], 400),
    ],
)
def test_a_length_that_can_be_read_in_two_ways_is_refused(live, lines, status):
    with closing(connect(live)) as connection:
        connection.settimeout(3)
        # What would follow for who reads the length otherwise.
        connection.sendall(head("POST", "/graphql", *lines) + b"0\r\n\r\n" + head("GET", "/healthz/web"))
        received = read(connection)
    assert parse(received).status == status
    assert received.count(b"HTTP/1.1 ") == 1


def test_what_follows_a_body_shorter_than_it_is_taken_for_a_request_of_its_own(live):
    with closing(connect(live)) as connection:
        connection.settimeout(3)
        connection.sendall(head("POST", "/auth/login", "Content-Length: 2") + b'{}{"more": "than declared"}\r\n\r\n')
        received = read(connection)
    # The first came without a CSRF token.
    assert statuses(received) == [403, 400]


def test_a_body_that_comes_packed_is_refused(live, alice, token_for):
    lines = ["Content-Encoding: gzip", "Content-Length: 3", "Connection: close", bearer(token_for(alice))]
    answer = ask(live, head("POST", f"/bulk/v1/projects/{NOBODYS}/selections", *lines), b"abc")
    assert answer.status in {404, 415}


def test_bodies_of_one_user_wait_for_each_other_and_leave_room_for_others(small, alice, charlie, token_for):
    size = 8 * MIB
    first = connect(small)
    first.sendall(head("PUT", CHUNK, f"Content-Length: {size}", bearer(token_for(alice))) + b"\0" * 1000)
    time.sleep(0.5)
    second = ask(small, head("PUT", CHUNK, f"Content-Length: {size}", bearer(token_for(alice))))
    assert (second.status, second.code, second.headers["retry-after"]) == (429, "RATE_LIMITED", "1")
    first.close()
    other = ask(
        small,
        head("PUT", CHUNK, f"Content-Length: {size}", "Connection: close", bearer(token_for(charlie))),
        b"\0" * size,
    )
    assert other.status == 404
    again = ask(
        small,
        head("PUT", CHUNK, f"Content-Length: {size}", "Connection: close", bearer(token_for(alice))),
        b"\0" * size,
    )
    assert again.status == 404


def test_a_form_is_not_unpacked_before_django_asks_for_it(live, usage, alice, token_for):
    """Twisted by itself reads every form into memory, part by part."""
    before = usage(live)
    form = b"&".join(b"a%d=b" % number for number in range(900_000))[: 8 * MIB]
    lines = ["Content-Type: application/x-www-form-urlencoded", bearer(token_for(alice)), "Connection: close"]
    answer = ask(live, head("PUT", CHUNK, f"Content-Length: {len(form)}", *lines), form)
    assert answer.status == 404
    assert usage(live).memory - before.memory < 64 * MIB
