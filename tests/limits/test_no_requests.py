"""The server asks nobody for anything that a user names: a listener hears nothing, and no socket is opened at all."""

from __future__ import annotations

import ast
import json
import socket
import sys
import threading

import pyarrow as pa
import pytest

from apps.datasets.models import Dataset, Resource
from tests.data import make_dataset
from tests.limits.test_nothing_runs import SERVER, calls_in, modules_in, nodes_of
from tests.limits.urls import REFERENCES, REFUSED
from tests.logging.upload import Uploader
from tests.transfer.conftest import Sender, ask_for_export, run_jobs
from tests.transfer.test_inspecting import parquet

pytestmark = pytest.mark.holds(16)
# Whatever can reach another machine.
CLIENTS = {
    "requests", "httpx", "urllib3", "aiohttp", "urllib.request", "http.client", "ftplib", "smtplib", "poplib",
    "imaplib", "websockets",
    "telnetlib", "xmlrpc", "pycurl", "boto3", "botocore", "s3fs", "gcsfs", "fsspec", "paramiko", "websocket",
    "pyarrow.fs", "pyarrow.flight", "pyarrow.dataset", "webbrowser", "django.core.mail", "urllib.robotparser",
}  # fmt: skip
ASKS = {"create_connection", "open_connection", "urlopen", "urlretrieve", "send_mail", "getaddrinfo", "from_uri"}


def test_no_server_code_knows_a_client_of_the_network():
    for path in SERVER:
        modules = set(modules_in(path))
        found = {
            module for module in modules if any(module == name or module.startswith(f"{name}.") for name in CLIENTS)
        }
        assert not found, (path, found)
        assert not ASKS & {name for _, name in calls_in(path)}, path


def test_sockets_are_made_by_nobody_but_the_server_itself():
    """Who imports the module is the code that serves; others ask for the name of the machine."""
    for path in SERVER:
        used = {
            node.attr for node in nodes_of(path)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "socket"
        }  # fmt: skip
        assert not used & {"create_connection", "socketpair", "getaddrinfo"}, path


class Listener:
    """Counts who comes, on both loopback addresses."""

    def __init__(self) -> None:
        self.visitors = []
        self.sockets = [socket.create_server(("127.0.0.1", 0))]
        self.port = self.sockets[0].getsockname()[1]
        if socket.has_ipv6:
            self.sockets.append(socket.create_server(("::1", self.port), family=socket.AF_INET6))
        for each in self.sockets:
            threading.Thread(target=self._listen, args=(each,), daemon=True).start()

    def _listen(self, listening) -> None:
        try:
            while True:
                connection, address = listening.accept()
                self.visitors.append(address)
                connection.close()
        except OSError:
            return

    def of(self, url: str) -> str:
        return url.replace("HOST", f"127.0.0.1:{self.port}").replace("PORT", str(self.port))


watched: list[list[tuple]] = []


def _hear(event, arguments) -> None:
    if watched and event in {
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "urllib.Request",
        "ftplib.connect",
    }:
        watched[-1].append((event, arguments))


@pytest.fixture(scope="module", autouse=True)
def _ear():
    """An audit hook cannot be taken back: there is one, which does nothing where nobody listens."""
    sys.addaudithook(_hear)


@pytest.fixture
def listener():
    listener = Listener()
    yield listener
    for each in listener.sockets:
        each.close()


@pytest.fixture
def heard(transactional_db):
    """Every attempt of this process to reach anybody while the test runs."""
    watched.append([])
    yield watched[-1]
    watched.pop()


def test_the_listener_hears(listener, heard):
    """Were anybody asked, the next tests would see it."""
    for address in ("127.0.0.1", "::1"):
        socket.create_connection((address, listener.port)).close()
    assert {event for event, _ in heard} >= {"socket.connect", "socket.getaddrinfo"}
    # The second visit is accepted in a thread.
    for _ in range(100):
        if len(listener.visitors) == 2:
            break
        threading.Event().wait(0.05)
    assert len(listener.visitors) == 2


def test_logged_references_are_shown_and_never_followed(listener, heard, client_for, gql, bob, alice, project):
    dataset = make_dataset(project, "urls")
    client = client_for(bob)
    urls = [listener.of(url) for url in REFERENCES]
    uploader = Uploader(client, dataset)
    keys = [f"k{number}" for number in range(len(urls))]
    uploader.log({"key": keys, "uri": urls, "metadata:url": urls, "label": ["http://x"] * len(urls)})
    for url in REFUSED:
        answer = uploader.try_log({"key": ["a"], "uri": [listener.of(url)]})
        assert answer.status_code == 422, url
    uploader.log({"key": keys, "text": urls})
    uploader.log({"key": keys, "uri": urls})
    for resource in Resource.objects.all():
        for address in ("", "/thumbnail"):
            assert client.get(f"/resources/{resource.pk}{address}").status_code == 404
    query = """{ datapoints(first: 100) { edges { node {
        key thumbnailUrl resource { url thumbnailUrl text } } } } }"""
    shown = [edge["node"] for edge in gql(bob, query)["data"]["datapoints"]["edges"]]
    assert {node["resource"]["text"] for node in shown} == set(urls)
    assert {node["thumbnailUrl"] for node in shown} == {None}
    describe = "mutation ($i: UpdateProjectInput!) { updateProject(input: $i) { errors { code } } }"
    description = f"![x](http://127.0.0.1:{listener.port}/x.png) <img src=http://127.0.0.1:{listener.port}/>"
    gql(alice, describe, {"i": {"id": str(project.pk), "description": description}})
    for format in ("CSV", "JSONL", "PARQUET", "COCO", "KEYS"):
        ask_for_export(alice, project, format, datasetId=str(dataset.pk))
    run_jobs()
    assert (heard, listener.visitors) == ([], [])


def test_imported_files_that_name_addresses_are_not_followed(listener, heard, alice, project):
    sender = Sender(alice, project)
    urls = [listener.of(url) for url in REFERENCES]
    rows = "".join(json.dumps({"key": f"k{n}", "uri": url, "meta": {"url": url}}) + "\n" for n, url in enumerate(urls))
    done = sender.bring_in(rows.encode(), "lines", mapping={"uri": "uri"})
    assert done["state"] == "DONE", done
    images = [
        {"id": n, "file_name": url, "coco_url": url, "flickr_url": url, "width": 9, "height": 9}
        for n, url in enumerate(urls)
    ]
    coco = {
        "images": images,
        "annotations": [],
        "categories": [],
        "licenses": [{"url": urls[0]}],
        "info": {"url": urls[0]},
    }
    sender.inspect(json.dumps(coco).encode())
    # A key-management server that the file names is not asked for a key.
    secret = {
        b"encryption": b"1",
        b"kms_instance_url": urls[0].encode(),
        b"pandas": json.dumps({"x": urls[0]}).encode(),
    }
    table = pa.table({"key": ["a"], "uri": [urls[0]]}).replace_schema_metadata(secret)
    sender.inspect(parquet(**{name: table.column(name) for name in table.column_names}))
    sender.inspect(urls[0].encode(), name=urls[0])
    assert Dataset.objects.filter(name="lines").exists()
    assert (heard, listener.visitors) == ([], [])


def test_addresses_in_names_and_settings_are_only_text(listener, heard, gql, alice, project, client_for):
    url = f"http://127.0.0.1:{listener.port}/x"
    create = "mutation ($i: CreateProjectInput!) { createProject(input: $i) { errors { code } } }"
    gql(alice, create, {"i": {"name": url, "description": url}})
    client = client_for(alice)
    for header in ("Referer", "Origin", "X-Forwarded-Host", "X-Forwarded-For", "From", "Link"):
        client.get("/", headers={header: url})
    client.get("/login", {"next": url})
    client.get(f"/resources/1?url={url}")
    client.get("/healthz", headers={"Host": f"127.0.0.1:{listener.port}"})
    assert (heard, listener.visitors) == ([], [])
