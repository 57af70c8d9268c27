from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.utils import timezone
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from apps.accounts.actor import Actor
from apps.accounts.models import ApiToken
from apps.common.errors import NotFound
from apps.jobs.models import Job, Lane
from apps.projects.models import Change, Membership
from apps.projects.services.projects import update_project

pytestmark = pytest.mark.django_db(transaction=True)

SUBSCRIBE = """subscription ($id: ID!, $after: Int!) {
  projectChanged(projectId: $id, after: $after) {
    seq resync changes { seq kind targetType targetId }
    jobs { id phase done fraction queuePosition canCancel project { name } requestedBy { username } }
  }
}"""


class Socket:
    """A graphql-transport-ws client."""

    def __init__(self, live, *, token=None, session=None, origin=None, protocol="graphql-transport-ws", init=True):
        headers = {"Cookie": f"sessionid={session}"} if session else {}
        self.connecting = connect(
            live.websocket_url, subprotocols=[protocol], additional_headers=headers, origin=origin
        )
        self.payload = {"Authorization": f"Bearer {token}"} if token else {}
        self.init = init

    async def __aenter__(self):
        self.socket = await self.connecting.__aenter__()
        if self.init:
            await self.send({"type": "connection_init", "payload": self.payload})
            assert (await self.receive())["type"] == "connection_ack"
        return self

    async def __aexit__(self, *exception):
        await self.connecting.__aexit__(*exception)

    async def send(self, message):
        await self.socket.send(json.dumps(message))

    async def receive(self, seconds=5):
        return json.loads(await asyncio.wait_for(self.socket.recv(), seconds))

    async def subscribe(self, project, after=0, id="1"):
        payload = {"query": SUBSCRIBE, "variables": {"id": str(project.pk), "after": after}}
        await self.send({"id": id, "type": "subscribe", "payload": payload})

    async def news(self, seconds=5):
        message = await self.receive(seconds)
        assert message["type"] == "next", message
        assert "errors" not in message["payload"], message
        return message["payload"]["data"]["projectChanged"]

    async def refusal(self, seconds=5):
        message = await self.receive(seconds)
        errors = message["payload"] if message["type"] == "error" else message["payload"]["errors"]
        return errors[0]["extensions"]["code"]

    async def silence(self, seconds=1):
        with pytest.raises(TimeoutError):
            await self.receive(seconds)


def describe(user, project, text):
    update_project(actor=Actor(user=user), project=project, description=text)


async def in_thread(function, *args, **kwargs):
    """Do database work beside the event loop, and leave no connection behind."""

    def work():
        try:
            return function(*args, **kwargs)
        finally:
            connections.close_all()

    return await sync_to_async(work)()


def session_of(user) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


def test_a_change_reaches_an_open_socket_within_a_second(live, alice, project, token_for):
    async def scene(token):
        async with Socket(live, token=token) as socket:
            await socket.subscribe(project, after=project.last_seq + 1)
            await socket.silence(0.5)
            started = time.monotonic()
            await in_thread(describe, alice, project, "Digits")
            news = await socket.news()
            assert time.monotonic() - started < 1
            return news

    news = asyncio.run(scene(token_for(alice)))
    assert [(change["kind"], change["targetType"]) for change in news["changes"]] == [("updated", "project")]


def test_a_listener_resumes_where_it_was_and_hears_each_thing_once(live, alice, project, token_for):
    for number in range(5):
        describe(alice, project, str(number))

    async def scene(token):
        async with Socket(live, token=token) as socket:
            await socket.subscribe(project, after=1)
            first = await socket.news()
            await socket.silence()
            await socket.subscribe(project, after=0, id="2")
            second = await socket.news()
            return first, second

    first, second = asyncio.run(scene(token_for(alice)))
    assert [(change["seq"], change["kind"]) for change in first["changes"]] == [(6, "updated")]
    assert [(change["seq"], change["kind"]) for change in second["changes"]] == [(1, "created"), (6, "updated")]
    assert first["seq"] == second["seq"] == 6


def test_the_progress_of_a_job_is_news(live, alice, project, token_for):
    job = Job.objects.create(
        project=project,
        kind="x",
        title="Map",
        lane=Lane.HEAVY,
        requested_by=alice,
        queued_at=timezone.now(),
        parameters={},
    )

    async def scene(token):
        async with Socket(live, token=token) as socket:
            await socket.subscribe(project, after=1)
            queued = await socket.news()
            await in_thread(Job.objects.filter(pk=job.pk).update, state="running", phase="fitting", done=5, total=10)
            running = await socket.news()
            await socket.silence()
            return queued["jobs"], running["jobs"]

    queued, running = asyncio.run(scene(token_for(alice)))
    assert (queued[0]["id"], queued[0]["queuePosition"], queued[0]["canCancel"]) == (str(job.pk), 1, True)
    assert queued[0]["requestedBy"] == {"username": "alice"}
    assert (running[0]["phase"], running[0]["fraction"]) == ("fitting", 0.5)


@pytest.mark.holds(1, 3, 5)
def test_members_of_every_role_hear_news_and_nobody_else(live, alice, bob, vera, charlie, project, token_for):
    tokens = {user.username: token_for(user) for user in (alice, bob, vera, charlie)}
    tokens["read token"] = token_for(vera, scope="read")

    async def scene(token):
        async with Socket(live, token=token) as socket:
            await socket.subscribe(project)
            message = await socket.receive()
            return "errors" not in message["payload"]

    heard = {who for who, token in tokens.items() if asyncio.run(scene(token))}
    assert heard == {"alice", "bob", "vera", "read token"}
    with pytest.raises(ConnectionClosed):
        asyncio.run(scene(None))


@pytest.mark.holds(6)
def test_a_stranger_hears_what_somebody_hears_who_asks_for_nothing(live, charlie, project, token_for):
    async def scene(token):
        async with Socket(live, token=token) as socket:
            await socket.subscribe(project)
            return await socket.refusal()

    assert asyncio.run(scene(token_for(charlie))) == "NOT_FOUND"


@pytest.mark.holds(1)
def test_a_token_for_another_project_hears_nothing(live, bob, project, charlie, token_for):
    elsewhere = charlie.memberships.get().project
    Membership.objects.create(project=elsewhere, user=bob, role="viewer", accepted_at=timezone.now())

    async def scene(token):
        async with Socket(live, token=token) as socket:
            await socket.subscribe(project)
            return await socket.refusal()

    assert asyncio.run(scene(token_for(bob, project=elsewhere))) == "NOT_FOUND"


@pytest.mark.holds(7, 8)
@pytest.mark.parametrize(
    ("end", "code"),
    [
        (lambda user, project: Membership.objects.filter(user=user, project=project).delete(), "NOT_FOUND"),
        (lambda user, project: ApiToken.objects.filter(user=user).update(revoked_at=timezone.now()), "UNAUTHENTICATED"),
        (lambda user, project: type(user).objects.filter(pk=user.pk).update(is_active=False), "UNAUTHENTICATED"),
        (
            lambda user, project: type(project).objects.filter(pk=project.pk).update(deleted_at=timezone.now()),
            "NOT_FOUND",
        ),
    ],
    ids=["lost membership", "revoked token", "disabled user", "deleted project"],
)
def test_who_may_no_longer_listen_hears_no_more(live, alice, vera, project, token_for, end, code):
    async def scene(token):
        async with Socket(live, token=token) as socket:
            await socket.subscribe(project, after=1)
            await in_thread(describe, alice, project, "seen")
            assert (await socket.news())["changes"]
            await in_thread(end, vera, project)
            with suppress(NotFound):  # as the deleted project is
                await in_thread(describe, alice, project, "not seen")
            refused = await socket.refusal()
            await socket.receive()
            await socket.silence()
            return refused

    assert asyncio.run(scene(token_for(vera))) == code


@pytest.mark.holds(8)
def test_signing_out_ends_a_socket_opened_by_a_session(live, alice, vera, project):
    session = session_of(vera)

    async def scene():
        async with Socket(live, session=session, origin=live.url) as socket:
            await socket.subscribe(project, after=1)
            await in_thread(describe, alice, project, "seen")
            assert (await socket.news())["changes"]
            await in_thread(SessionStore(session).delete)
            await in_thread(describe, alice, project, "not seen")
            return await socket.refusal()

    assert asyncio.run(scene()) == "UNAUTHENTICATED"


@pytest.mark.holds(11)
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_a_page_of_another_origin_cannot_open_a_socket(live, alice, origin):
    async def scene():
        async with Socket(live, session=session_of_alice, origin=origin):
            pass

    session_of_alice = session_of(alice)
    with pytest.raises(InvalidStatus) as refused:
        asyncio.run(scene())
    assert refused.value.response.status_code == 403


@pytest.mark.holds(11)
def test_a_cookie_without_an_origin_opens_nothing(live, alice):
    session = session_of(alice)

    async def scene():
        async with Socket(live, session=session):
            pass

    with pytest.raises(ConnectionClosed) as closed:
        asyncio.run(scene())
    assert closed.value.rcvd.code == 4403


def test_a_wrong_token_opens_nothing_even_beside_a_good_cookie(live, alice):
    session = session_of(alice)

    async def scene():
        async with Socket(live, session=session, origin=live.url, token="chr_" + "x" * 43):
            pass

    with pytest.raises(ConnectionClosed) as closed:
        asyncio.run(scene())
    assert closed.value.rcvd.code == 4403


@pytest.mark.holds(22)
def test_subscribing_before_the_start_or_in_the_old_protocol_is_refused(live, alice, project):
    async def too_early():
        async with Socket(live, init=False) as socket:
            await socket.subscribe(project)
            await socket.receive()

    async def old():
        async with Socket(live, protocol="graphql-ws", init=False) as socket:
            await socket.receive()

    for scene, code in ((too_early, 4401), (old, 4406)):
        with pytest.raises(ConnectionClosed) as closed:
            asyncio.run(scene())
        assert closed.value.rcvd.code == code


@pytest.mark.holds(22)
def test_a_socket_carries_subscriptions_alone(live, alice, token_for):
    async def scene(token):
        async with Socket(live, token=token) as socket:
            payload = {"query": 'mutation { createProject(input: {name: "X"}) { errors { code } } }'}
            await socket.send({"id": "1", "type": "subscribe", "payload": payload})
            return await socket.refusal()

    assert asyncio.run(scene(token_for(alice))) == "BAD_USER_INPUT"


def test_a_host_that_is_not_ours_is_refused(live, alice):
    async def scene():
        async with connect(
            live.websocket_url, subprotocols=["graphql-transport-ws"], additional_headers={"Host": "evil.example"}
        ):
            pass

    with pytest.raises(InvalidStatus):
        asyncio.run(scene())


@pytest.mark.holds(37)
def test_who_comes_back_after_the_feed_was_cleared_up_is_told_to_load_anew(live, alice, project, token_for):
    for number in range(4):
        describe(alice, project, f"Text {number}")
    project.refresh_from_db()
    Change.objects.filter(project=project, seq__lt=project.last_seq).delete()

    async def scene(token, after):
        async with Socket(live, token=token) as socket:
            await socket.subscribe(project, after=after)
            return await socket.news()

    token = token_for(alice)
    long_away = asyncio.run(scene(token, 1))
    assert long_away["resync"]
    assert long_away["seq"] == project.last_seq
    assert not asyncio.run(scene(token, project.last_seq - 1))["resync"]
