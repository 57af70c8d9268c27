"""Calling the SDK: with a server that must not be asked, one that answers as a case says, or the real one."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any

import chroma_sdk as chroma
import httpx
import pytest
from chroma_sdk._dataset import Dataset
from chroma_sdk._home import Home
from django.test import Client

if TYPE_CHECKING:
    from tests.badinputs.doors import Scene

TOKEN = "chr_" + "t" * 43
STORED = {"id": "d1", "name": "train", "kind": "TRAINING", "datapointCount": 0, "objectCount": 0, "labelledCount": 0}
PROJECT = {"id": "p1", "name": "MNIST", "fullName": "alice/MNIST", "description": "", "datapointCount": 0}


class Server(httpx.BaseTransport):
    """Answers as a case says, and counts how often it was asked and by which host the token was seen."""

    def __init__(self, answer: dict[str, Any] | None) -> None:
        self.answer = answer
        self.asked: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if request.url.path == "/healthz/web":
            return httpx.Response(200, json={"version": "0.0.1"})
        if self.answer is None:
            raise httpx.ConnectError("nobody listens", request=request)
        return httpx.Response(**{"status_code": 200, **self.answer})


def call_sdk(name: str, given: dict[str, Any], scene: Scene, options: dict[str, Any]) -> tuple[Any, ...]:
    """What the SDK raised, as the parts of an answer: its class is the code, its argument the field."""
    server = Server(options.get("server"))
    patch = pytest.MonkeyPatch()
    patch.setattr("time.sleep", lambda seconds: None)
    with patch.context() as without_environment:
        for variable in ("CHROMA_URL", "CHROMA_TOKEN"):
            without_environment.delenv(variable, raising=False)
        without_environment.setenv("XDG_CONFIG_HOME", "/nonexistent")
        try:
            _call(name, given, server)
        except chroma.ChromaError as problem:
            return _told(problem, server, options)
        finally:
            patch.undo()
    raise AssertionError(f"sdk {name} took {given!r}")


class OwnServer(httpx.BaseTransport):
    """Our own server in this very thread, so that it sees what the test made."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        client = Client(raise_request_exception=False)
        headers = {name: value for name, value in request.headers.items() if name not in {"host", "content-type"}}
        answer = client.generic(
            request.method,
            request.url.raw_path.decode(),
            request.read(),
            content_type=request.headers.get("content-type", ""),
            headers=headers,
        )
        content = answer.getvalue() if answer.streaming else answer.content
        return httpx.Response(answer.status_code, headers=dict(answer.headers), content=content)


def _call(name: str, given: dict[str, Any], server: Server) -> None:
    if name == "Client":
        client = chroma.Client(**{"token": TOKEN, "transport": server, **given})
        client.projects()[:1]
        return
    client = chroma.Client("http://chroma.test", TOKEN, transport=server)
    assert TOKEN not in repr([client, client._connection, vars(client._connection)])
    dataset = Dataset(Home(client._connection, "p1", "alice/MNIST"), STORED)
    project = chroma.Project(client._connection, {**PROJECT, "myRole": "OWNER"})
    owner = {"client": client, "dataset": dataset, "project": project}
    kind, _, method = name.partition(".")
    arguments = {key: owner.get(value, value) if isinstance(value, str) else value for key, value in given.items()}
    if "datasets" in arguments:
        arguments["datasets"] = [owner.get(each, each) if isinstance(each, str) else each for each in given["datasets"]]
    getattr(owner[kind], method)(**arguments)


def _told(problem: chroma.ChromaError, server: Server, options: dict[str, Any]) -> tuple[Any, ...]:
    if "server" not in options:
        assert not server.asked or isinstance(problem, chroma.ConnectionFailed), (
            "bad arguments raise before any request"
        )
    for request in server.asked:
        assert request.url.host in {"chroma.test", "127.0.0.1"}, f"the token went to {request.url.host}"
    shown = "".join(traceback.format_exception(problem)) + repr(problem) + repr(vars(problem))
    assert TOKEN not in shown, "the token shows"
    field = getattr(problem, "argument", None) or getattr(problem, "field", None)
    return 0, type(problem).__name__, str(problem), field, getattr(problem, "request_id", None) or "", str(problem)
