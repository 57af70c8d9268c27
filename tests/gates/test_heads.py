"""Heads of requests: bounded, and read in one way only."""

from __future__ import annotations

import time
from contextlib import closing

import pytest

from tests.gates.raw import ask, connect, head, parse, read, statuses

pytestmark = pytest.mark.holds(20)


@pytest.mark.parametrize(
    "lines",
    [
        ["X-Long: " + "x" * 1024**2],
        ["Accept-Language: " + "de," * 22_000],
        ["Cookie: " + "a=b; " * 10_000],
        [f"X-{number}: y" for number in range(150)],
        [f"X-{number}: {'y' * 300}" for number in range(90)],
    ],
    ids=["1 MB", "64 kB of languages", "50 kB of cookies", "150 headers", "90 headers of 300 bytes"],
)
def test_a_head_that_is_too_large_is_refused(live, usage, lines):
    before, started = usage(live), time.monotonic()
    answer = ask(live, head("GET", "/healthz/web", *lines))
    assert (answer.status, answer.code) == (431, "PAYLOAD_TOO_LARGE")
    assert usage(live).memory - before.memory < 16 * 1024**2
    assert time.monotonic() - started < 10


def test_an_address_that_is_too_long_is_refused(live):
    assert ask(live, head("GET", "/?q=" + "x" * 100_000)).status == 431


@pytest.mark.parametrize(
    "line",
    [
        "X-Odd: a\x0bb", "X-Odd: a\x0cb", "X-Odd: a\x1cb", "X-Odd: a\x85b", "X-Odd: a\x00b", "X Odd: a", "Odd\x0b: a",
        "no colon", ": nameless", "X-Odd : a",
    ],
)  # fmt: skip
def test_a_header_that_readers_read_differently_is_refused(live, line):
    answer = ask(live, head("GET", "/healthz/web", line))
    assert (answer.status, answer.code) == (400, "BAD_USER_INPUT")


@pytest.mark.parametrize(
    "first",
    ["GET", "GET /", "GET / HTTP/3.0", "GET / HTTP/1.1 more", "GET  / HTTP/1.1", "G\x0bT / HTTP/1.1", "GET / http/1.1",
     "GET http://evil.example/ HTTP/1.1", "OPTIONS * HTTP/1.1", "GET \xe4\xf6 HTTP/1.1", "\x16\x03\x01\x02\x00"],
)  # fmt: skip
def test_a_first_line_that_is_none_is_refused(live, first):
    answer = ask(live, f"{first}\r\nHost: 127.0.0.1\r\n\r\n".encode("latin-1"))
    assert (answer.status, answer.code) == (400, "BAD_USER_INPUT")


def test_http_1_0_is_answered_and_closed(live):
    with closing(connect(live)) as connection:
        connection.sendall(b"GET /healthz/web HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
        assert parse(read(connection)).status == 200


def test_requests_that_come_at_once_are_answered_in_order(live):
    with closing(connect(live)) as connection:
        connection.settimeout(5)
        many = head("GET", "/healthz/web") * 9 + head("GET", "/nothing/here.txt/", "Connection: close")
        connection.sendall(many + head("GET", "/healthz/web"))
        received = read(connection)
    assert statuses(received)[:9] == [200] * 9
    assert len(statuses(received)) == 10


def test_headers_spelt_with_underscores_say_nothing(live):
    """A proxy that drops X-Forwarded-For may let X_Forwarded_For pass; a site would read them as one."""
    answer = ask(live, head("POST", "/graphql", "Content_Length: 5", "X_Forwarded_For: 9.9.9.9", "Connection: close"))
    assert answer.status in {400, 403}


@pytest.mark.parametrize("root", ["//evil.example", "/below"])
def test_nobody_says_below_which_path_the_site_lies(live, root):
    answer = ask(live, head("GET", "/admin/", f"Daphne-Root-Path: {root}", "Connection: close"))
    assert answer.status == 302
    assert answer.headers["location"].startswith("/admin/login/")


def test_sockets_open_at_their_one_address_only(live):
    lines = ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
             "Sec-WebSocket-Version: 13"]  # fmt: skip
    assert ask(live, head("GET", "/anywhere", *lines)).status == 404
    assert ask(live, head("POST", "/graphql", *lines)).status == 400
    assert ask(live, head("GET", "/graphql", *lines, "Content-Length: 5"), b"12345").status == 400
