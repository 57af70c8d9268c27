"""Bad messages over WebSockets get an error frame with a code and a request id, or a close that says why."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from apps.accounts.actor import Actor
from apps.projects.services.projects import create_project
from tests.badinputs.callers import token_of
from tests.badinputs.cases import Case, cases
from tests.badinputs.doors import Answer, Scene
from tests.badinputs.promises import check_answer, check_sentence
from tests.badinputs.state import stored
from tests.cast import make_token, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.holds(40)]
WAIT_SECONDS = 10


@pytest.fixture
def scene(live):
    bob, charlie = make_user("bob"), make_user("charlie")
    project = create_project(actor=Actor(user=bob), name="MNIST")
    names = {"project": str(project.pk), "charlies": make_token(charlie), "bobs": make_token(bob)}
    return Scene(world=SimpleNamespace(other_project=None), names=names)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in cases(live=True)])
def test_a_bad_message_is_refused_clearly(live, scene, case):
    if case.who.startswith("a"):
        scene.names["token"] = token_of(case.who, scene)
    token = scene.names["charlies" if case.who == "charlie" else "bobs"]
    before = stored()
    answer = asyncio.run(answer_to(live.websocket_url, token, replace(case, input=scene.filled(case.input))))
    told = f"{answer.status} {answer.code}: {answer.message}"
    assert (answer.status, answer.code) == (case.status, case.code), told
    assert re.search(case.message, answer.message), told
    check_answer(answer.text)
    if answer.code:
        check_sentence(answer.message)
        assert answer.request_id, told
    assert stored() == before


async def answer_to(address: str, token: str, case: Case) -> Answer:
    """The first error frame, or the close."""
    async with connect(address, subprotocols=["graphql-transport-ws"]) as socket:
        try:
            if case.options.get("start", True):
                payload = {"Authorization": f"Bearer {token}"}
                await socket.send(json.dumps({"type": "connection_init", "payload": payload}))
                assert json.loads(await socket.recv())["type"] == "connection_ack"
            for message in case.input:
                await socket.send(message if isinstance(message, str | bytes) else json.dumps(message))
            async with asyncio.timeout(WAIT_SECONDS):
                while True:
                    found = error_in(await socket.recv())
                    if found is not None:
                        return found
        except ConnectionClosed as closed:
            code, reason = (closed.rcvd.code, closed.rcvd.reason) if closed.rcvd else (1006, "cut off")
            return Answer(code, "", reason, None, "", reason)


def error_in(frame: str | bytes) -> Answer | None:
    message = json.loads(frame)
    payload = message.get("payload")
    errors = payload if message["type"] == "error" else (payload or {}).get("errors")
    if not errors:
        return None
    details = errors[0]["extensions"]
    return Answer(0, details["code"], errors[0]["message"], details["field"], details["requestId"], str(frame))
