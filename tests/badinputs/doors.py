"""How a case knocks at its door, and the answer in one form, whatever the door."""

from __future__ import annotations

import json
from dataclasses import dataclass
from string import Template
from typing import Any

from django.test import Client

from tests.badinputs.callers import client_of
from tests.badinputs.cases import Case, Made
from tests.badinputs.command_line import run_command
from tests.badinputs.sdk_calls import call_sdk
from tests.badinputs.worlds import CatalogueWorld
from tests.logging.upload import Uploader, declaration_of, stream_of, table_of

ERRORS = "errors { code message field }"
SHARED_INPUTS = dict.fromkeys(("acceptInvitation", "declineInvitation", "removeMember"), "MembershipInput")


@dataclass(frozen=True)
class Answer:
    status: int
    code: str
    message: str
    field: str | None
    request_id: str
    # Everything that the caller can read.
    text: str


@dataclass
class Scene:
    """The world, and what the case's setup added to what its strings may name."""

    world: CatalogueWorld
    names: dict[str, str]

    def client(self, case: Case) -> Client:
        """Who knocks, at a server that breaks as it does for people."""
        client = client_of(case.who, self)
        client.raise_request_exception = False
        client.cookies.load(self.filled(case.options.get("cookies", {})))
        client.handler.enforce_csrf_checks = case.options.get("enforce_csrf", False)
        return client

    def filled(self, value: Any) -> Any:
        """The value with `$names` put in and everything made that is to be made."""
        if isinstance(value, Made):
            return value.value()
        if isinstance(value, str):
            return Template(value).safe_substitute(self.names)
        if isinstance(value, list):
            return [self.filled(each) for each in value]
        if isinstance(value, dict):
            return {self.filled(name): self.filled(each) for name, each in value.items()}
        return value


def knock(case: Case, client: Client, scene: Scene) -> Answer:
    """Send what the case holds to the door that it names."""
    words = scene.filled(case.entry).split(" ")
    given, options = scene.filled(case.input), scene.filled(case.options)
    match words[0]:
        case "query":
            return _graphql(client, {"query": given, "variables": options.get("variables") or {}})
        case "mutation":
            return _mutation(client, words[1], given)
        case "upload":
            return _upload(client, scene, given, options)
        case "declare":
            return _declare(client, scene, given)
        case "sdk":
            return Answer(*call_sdk(words[1], given, scene, options))
        case "command":
            return Answer(*run_command(given, scene, case.who, options))
        case method:
            return _http(client, method, words[1], given, options)


def _http(client: Client, method: str, path: str, body: Any, options: dict[str, Any]) -> Answer:
    content = body if isinstance(body, bytes | str) else b"" if body is None else json.dumps(body)
    response = client.generic(
        method,
        path,
        content,
        content_type=options.get("type", "application/json"),
        headers=options.get("headers"),
        **options.get("environ", {}),
    )
    return answer_of(response)


def _graphql(client: Client, body: dict[str, Any]) -> Answer:
    return answer_of(client.post("/graphql", json.dumps(body), content_type="application/json"))


def _mutation(client: Client, name: str, given: Any) -> Answer:
    kind = SHARED_INPUTS.get(name, name[0].upper() + name[1:] + "Input")
    document = f"mutation ($input: {kind}!) {{ answer: {name}(input: $input) {{ {ERRORS} }} }}"
    return _graphql(client, {"query": document, "variables": {"input": given}})


def _upload(client: Client, scene: Scene, given: Any, options: dict[str, Any]) -> Answer:
    """Declare, send and commit; the first answer that refuses."""
    content = given if isinstance(given, bytes) else stream_of(given if hasattr(given, "schema") else table_of(given))
    declared = dict(options.get("declared", {}))
    count = declared.pop("row_count", None) or (len(next(iter(given.values()))) if isinstance(given, dict) else 2)
    if isinstance(given, dict) and "embedding" in given and hasattr(given["embedding"], "shape"):
        declared.setdefault("dimension", given["embedding"].shape[1])
    return answer_of(Uploader(client, scene.world.dataset).upload(content, count, **declared))


def _declare(client: Client, scene: Scene, given: dict[str, Any]) -> Answer:
    return answer_of(Uploader(client, scene.world.dataset).declare_exactly(declaration_of(b"x" * 8, 1) | given))


def answer_of(response: Any) -> Answer:
    """A response of HTTP or GraphQL in the one form."""
    text = response.content.decode() if not response.streaming else "a stream"
    request_id = response.headers["X-Request-Id"]
    found = _error_in(text, response.headers.get("Content-Type", ""))
    if found is None:
        return Answer(response.status_code, "", "", None, request_id, text)
    named = found.get("requestId", request_id)
    assert named == request_id, f"the answer names request {named}, its header {request_id}"
    return Answer(response.status_code, found["code"], found["message"], found.get("field"), request_id, text)


def _error_in(text: str, content_type: str) -> dict[str, Any] | None:
    """The first error of an answer: of HTTP, of GraphQL, or of a mutation's payload."""
    if not content_type.startswith("application/json"):
        return None
    body = json.loads(text)
    if "error" in body:
        return body["error"]
    if body.get("errors"):
        return {"message": body["errors"][0]["message"], **body["errors"][0]["extensions"]}
    for payload in (body.get("data") or {}).values():
        if isinstance(payload, dict) and payload.get("errors"):
            return payload["errors"][0]
    return None
