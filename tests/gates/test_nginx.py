"""The configuration of nginx that we ship, with nothing changed but places and names, before a real server."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import closing, suppress
from uuid import uuid4

import httpx
import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from websockets.asyncio.client import connect

from apps.accounts.models import TokenBucket
from apps.datasets.models import Datapoint
from chroma_site.server.addresses import LARGEST_BODIES
from tests.cast import PASSWORD
from tests.data import make_dataset
from tests.gates.raw import ask, head, parse, read
from tests.live import CHECKOUT, LiveServer
from tests.logging.upload import declaration_of, sha256, stream_of, table_of
from tests.projects.test_news import SUBSCRIBE, describe, in_thread

PROXY = "127.0.0.2"
MIB = 1024 * 1024

pytestmark = pytest.mark.django_db(transaction=True)


class Nginx:
    """nginx with the shipped file, from whose address it asks Chroma: 127.0.0.2."""

    def __init__(self, folder, server) -> None:
        self.folder, self.server = folder, server
        self.port, self.plain_port = free_port(), free_port()
        self.base = f"https://localhost:{self.port}"

    def __enter__(self):
        key, certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        self_signed = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-subj",
            "/CN=localhost",
            "-days",
            "2",
        ]
        subprocess.run([*self_signed, "-keyout", key, "-out", certificate], check=True, capture_output=True)
        site = (CHECKOUT / "deploy" / "nginx.conf").read_text()
        for shipped, here in {
            "127.0.0.1:8000": f"127.0.0.1:{self.server.port}",
            "listen 80;": f"listen 127.0.0.1:{self.plain_port};",
            "listen 443 ssl;": f"listen 127.0.0.1:{self.port} ssl;",
            "server_name chroma.example.org;": "server_name localhost;",
            "/etc/ssl/chroma/fullchain.pem": str(certificate),
            "/etc/ssl/chroma/privkey.pem": str(key),
            "/var/log/nginx/chroma.log": str(self.folder / "access.log"),
            "proxy_http_version 1.1;": f"proxy_http_version 1.1; proxy_bind {PROXY};",
        }.items():
            assert shipped in site, f"the shipped file has no {shipped!r} any more"
            site = site.replace(shipped, here)
        temporary = "".join(
            f"{name}_temp_path {self.folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (self.folder / "nginx.conf").write_text(
            f"daemon off; pid {self.folder}/pid; error_log {self.folder}/error.log; worker_processes 1;"
            f"events {{}} http {{ {temporary} access_log off;\n{site}\n}}"
        )
        command = [shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"), "-p", self.folder, "-c", "nginx.conf"]
        self.process = subprocess.Popen([*command, "-e", self.folder / "error.log"])
        self._wait()
        return self

    def __exit__(self, *exception) -> None:
        self.process.terminate()
        self.process.wait(10)

    def client(self, **options) -> httpx.Client:
        return httpx.Client(base_url=self.base, verify=False, timeout=30, **options)

    def connection(self) -> ssl.SSLSocket:
        return unverified().wrap_socket(socket.create_connection(("127.0.0.1", self.port), 30))

    def _wait(self) -> None:
        for _ in range(100):
            with suppress(httpx.TransportError), self.client() as client:
                if client.get("/healthz/web").status_code == 200:
                    return
            time.sleep(0.1)
        raise AssertionError((self.folder / "error.log").read_text())


def unverified() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture(scope="module")
def _nginx(_process_environment, tmp_path_factory):
    environment = _process_environment | {"CHROMA_HTTPS": "1", "CHROMA_TRUSTED_PROXIES": PROXY}
    with LiveServer(environment) as server, Nginx(tmp_path_factory.mktemp("nginx"), server) as nginx:
        yield nginx


@pytest.fixture
def nginx(_nginx, transactional_db):
    return _nginx


@pytest.fixture
def signed_in(nginx, alice):
    """A browser of Alice's behind the proxy."""
    # As the server hashes, not as tests do to save time.
    type(alice).objects.filter(pk=alice.pk).update(password=PBKDF2PasswordHasher().encode(PASSWORD, "salt"))
    with nginx.client() as client:
        client.get("/login")
        client.headers.update({"X-CSRFToken": client.cookies["csrftoken"], "Origin": nginx.base, "Referer": nginx.base})
        answer = client.post("/auth/login", json={"username": "alice", "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
        yield client


def test_people_sign_in_and_ask(nginx, signed_in):
    cookies = {cookie.name: cookie for cookie in signed_in.cookies.jar}
    assert cookies["sessionid"].secure
    answer = signed_in.post("/graphql", json={"query": "{ me { username } }"})
    assert answer.json()["data"]["me"]["username"] == "alice"
    assert answer.headers["Strict-Transport-Security"]
    assert "access-control-allow-origin" not in answer.headers


def test_who_comes_unencrypted_is_sent_on(nginx):
    answer = httpx.get(f"http://127.0.0.1:{nginx.plain_port}/login", headers={"Host": "localhost"})
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://localhost/login")


@pytest.mark.holds(9)
def test_who_comes_past_the_proxy_cannot_pass_for_encrypted(nginx):
    asked = head("GET", "/login", "X-Forwarded-Proto: https", "Connection: close")
    assert ask(nginx.server, asked).status == 301
    assert ask(nginx.server, asked, source=PROXY).status == 200


def test_news_come_through(nginx, signed_in, alice, project):
    async def scene():
        cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in signed_in.cookies.jar)
        async with connect(
            f"wss://localhost:{nginx.port}/graphql", subprotocols=["graphql-transport-ws"], ssl=unverified(),
            additional_headers={"Cookie": cookie}, origin=nginx.base,
        ) as socket:  # fmt: skip
            await socket.send(json.dumps({"type": "connection_init"}))
            assert json.loads(await socket.recv())["type"] == "connection_ack"
            variables = {"id": str(project.pk), "after": project.last_seq + 1}
            subscribe = {"id": "1", "type": "subscribe", "payload": {"query": SUBSCRIBE, "variables": variables}}
            await socket.send(json.dumps(subscribe))
            await asyncio.sleep(0.5)
            await in_thread(describe, alice, project, "Digits")
            return json.loads(await asyncio.wait_for(socket.recv(), 10))

    assert asyncio.run(scene())["payload"]["data"]["projectChanged"]["changes"]


def test_rows_are_logged(nginx, alice, project, token_for):
    dataset = make_dataset(project)
    content = stream_of(table_of({"key": [f"k{number}" for number in range(1000)]}))
    with nginx.client(headers={"Authorization": f"Bearer {token_for(alice)}"}) as client:
        declared = client.post(f"/bulk/v1/datasets/{dataset.pk}/uploads", json=declaration_of(content, 1000)).json()
        upload = f"/bulk/v1/uploads/{declared['id']}"
        sent = client.put(f"{upload}/chunks/0", content=content, headers={"X-Chroma-Sha256": sha256(content)})
        assert sent.status_code == 200, sent.text
        assert client.post(f"{upload}/commit", content=b"").json()["report"]["added"] == 1000
    assert Datapoint.objects.filter(dataset=dataset).count() == 1000


@pytest.mark.holds(20)
@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        (f"/bulk/v1/uploads/{uuid4()}/chunks/0", 49 * MIB, 413),
        (f"/bulk/v1/uploads/{uuid4()}/chunks/0", 9 * MIB, 413),
        ("/graphql", 2 * MIB, 413),
        (f"/bulk/v1/uploads/{uuid4()}/chunks/0", 8 * MIB, 401),
    ],
    ids=["more than any", "more than a chunk", "more than a query", "of nobody"],
)
def test_a_body_that_is_too_large_is_refused_in_words_and_not_kept(nginx, path, size, status):
    with closing(nginx.connection()) as connection:
        connection.sendall(head("PUT", path, f"Content-Length: {size}", "Content-Type: x/y", host="localhost"))
        with suppress(OSError):
            for _ in range(size // MIB):
                connection.sendall(b"\0" * MIB)
        connection.settimeout(2)
        answer = parse(read(connection))
    assert answer.status == status, answer.body
    assert answer.code == ("PAYLOAD_TOO_LARGE" if status == 413 else "UNAUTHENTICATED")
    assert not list((nginx.folder / "client_body").iterdir())


def test_it_lets_through_the_largest_body_that_any_address_takes():
    megabytes = max(size for _, size in LARGEST_BODIES) // MIB
    assert f"client_max_body_size {megabytes}m;" in (CHECKOUT / "deploy" / "nginx.conf").read_text()


@pytest.mark.holds(9)
def test_what_clients_say_of_where_they_come_from_is_overwritten(nginx, signed_in):
    TokenBucket.objects.all().delete()
    lies = {"X-Forwarded-For": "9.9.9.9", "Forwarded": "for=9.9.9.8", "X_Forwarded_For": "9.9.9.7"}
    signed_in.post("/auth/login", json={"username": "alice", "password": "wrong"}, headers=lies)
    named = set(TokenBucket.objects.values_list("name", flat=True))
    assert named == {"sign-in user alice", "sign-in address 127.0.0.1"}


@pytest.mark.holds(9)
def test_sign_in_is_asked_for_so_often_and_no_more(nginx):
    with nginx.client() as client:
        answers = [client.post("/auth/login", json={}) for _ in range(30)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert refused[-1].json()["error"]["code"] == "RATE_LIMITED"
    assert refused[-1].headers["Retry-After"]


def test_the_log_shows_no_secret(nginx, token_for, alice):
    token, link = token_for(alice), "l" * 43
    with nginx.client() as client:
        assert client.get(f"/healthz/web?token={token}").status_code == 400
        client.get(f"/link/{link}")
        client.get(f"/auth/link/{link}")
    time.sleep(0.2)
    log = (nginx.folder / "access.log").read_text()
    assert "/healthz/web" in log
    assert "/auth/link/..." in log
    assert token[4:] not in log
    assert link not in log
