"""X-Forwarded-*: the word of a proxy that we trust, and of nobody else."""

from __future__ import annotations

import json
from contextlib import closing
from ipaddress import ip_network

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from apps.accounts.models import TokenBucket
from chroma_site.environment import read_environment
from chroma_site.server.proxies import Origin, origin_of, without_forwarded
from tests.gates.raw import ask, connect, head, parse, read
from tests.gates.small_server import PROXY

TRUSTED = [ip_network("10.0.0.0/8"), ip_network("::1")]

pytestmark = pytest.mark.holds(9)


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("10.1.1.1", "", "10.1.1.1"),
        ("10.1.1.1", "198.51.100.1", "198.51.100.1"),
        ("10.1.1.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("10.1.1.1", "1.1.1.1, 198.51.100.1, 10.2.2.2", "198.51.100.1"),
        ("10.1.1.1", "10.3.3.3, 10.2.2.2", "10.3.3.3"),
        ("10.1.1.1", "198.51.100.1:4711", "198.51.100.1"),
        ("10.1.1.1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("::1", "2001:DB8::7", "2001:db8::7"),
        ("::ffff:10.1.1.1", "198.51.100.1", "198.51.100.1"),
        ("10.1.1.1", "unknown", "10.1.1.1"),
        ("10.1.1.1", "198.51.100.1, evil, 10.2.2.2", "10.2.2.2"),
        ("10.1.1.1", "<script>", "10.1.1.1"),
    ],
)
def test_the_client_is_the_last_hop_that_is_no_proxy_of_ours(peer, forwarded, address):
    assert origin_of(peer, [(b"X-Forwarded-For", forwarded.encode())], TRUSTED).address == address


def test_several_lines_are_read_as_one():
    lines = [(b"x-forwarded-for", b"1.1.1.1"), (b"X-Forwarded-For", b"198.51.100.1, 10.2.2.2")]
    assert origin_of("10.1.1.1", lines, TRUSTED).address == "198.51.100.1"


@pytest.mark.parametrize(
    ("peer", "scheme", "is_secure"),
    [("10.1.1.1", b"https", True), ("10.1.1.1", b"http", False), ("10.1.1.1", b"https, http", False),
     ("10.1.1.1", b"HTTPS", False), ("203.0.113.7", b"https", False)],
)  # fmt: skip
def test_only_a_proxy_says_that_a_request_came_encrypted(peer, scheme, is_secure):
    assert origin_of(peer, [(b"x-forwarded-proto", scheme)], TRUSTED) == Origin(peer, is_secure)


def test_nothing_of_it_goes_on():
    kept = [(b"host", b"a"), (b"x-forward", b"b")]
    names = [b"X-Forwarded-For", b"x-forwarded-host", b"X-FORWARDED-PROTO", b"Forwarded", b"X-Real-IP"]
    assert without_forwarded([*kept, *((name, b"c") for name in names)]) == kept


@pytest.mark.parametrize("text", ["proxy.example", "10.0.0.1/8", "0.0.0.0/0", "::/0", "10.0.0.0/33"])
def test_a_proxy_is_named_by_address(monkeypatch, tmp_path, text):
    monkeypatch.setenv("CHROMA_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CHROMA_TRUSTED_PROXIES", f"10.0.0.1, {text}")
    with pytest.raises(ImproperlyConfigured, match="CHROMA_TRUSTED_PROXIES"):
        read_environment()


def leave_tries(bucket: str, count: int) -> None:
    """As after many wrong tries, each of which takes its time."""
    TokenBucket.objects.create(name=bucket, left=count, updated_at=timezone.now())


def sign_in(server, number: int, *lines: str, source: str):
    """A wrong try, for another user each time; the answer."""
    body = json.dumps({"username": f"user{number}", "password": "wrong"}).encode()
    csrf = "a" * 32
    lines = [f"Cookie: csrftoken={csrf}", f"X-CSRFToken: {csrf}", "Connection: close", *lines]
    return ask(server, head("POST", "/auth/login", f"Content-Length: {len(body)}", *lines) + body, source=source)


def test_rotating_the_header_from_a_peer_that_is_no_proxy_gains_no_tries(small):
    leave_tries("sign-in address 127.0.0.1", 2)
    answers = [
        sign_in(small, number, f"X-Forwarded-For: 9.9.9.{number}", f"X_Forwarded_For: 9.9.8.{number}",
                f"Forwarded: for=9.9.7.{number}", f"X-Real-IP: 9.9.6.{number}", source="127.0.0.1")
        for number in range(4)
    ]  # fmt: skip
    assert [answer.status for answer in answers] == [401, 401, 429, 429]
    assert answers[-1].headers["retry-after"]
    assert set(TokenBucket.objects.filter(name__contains="address").values_list("name", flat=True)) == {
        "sign-in address 127.0.0.1"
    }


def test_behind_the_proxy_each_client_has_tries_of_their_own(small):
    leave_tries("sign-in address 198.51.100.1", 1)
    assert sign_in(small, 1, "X-Forwarded-For: 1.2.3.4, 198.51.100.1", source=PROXY).status == 401
    assert sign_in(small, 2, "X-Forwarded-For: 1.2.3.4, 198.51.100.1", source=PROXY).status == 429
    # What the client itself put before the proxy's word changes nothing.
    assert sign_in(small, 98, "X-Forwarded-For: 4.3.2.1, 198.51.100.1", source=PROXY).status == 429
    assert sign_in(small, 99, "X-Forwarded-For: 198.51.100.2", source=PROXY).status == 401


def test_connections_through_the_proxy_are_not_counted_as_of_one_address(small):
    many = [connect(small, source=PROXY) for _ in range(70)]
    with closing(connect(small, source=PROXY)) as connection:
        connection.sendall(head("GET", "/healthz/web", "Connection: close"))
        assert parse(read(connection)).status == 200
    for connection in many:
        connection.close()
