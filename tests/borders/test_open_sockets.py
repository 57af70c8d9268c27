"""Sockets that are open already: who may listen, and how soon it ends where nothing happens."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.accounts.models import ApiToken
from apps.jobs.models import Job, Lane
from apps.projects.models import Membership, Role
from apps.projects.news import RECHECK_SECONDS
from apps.projects.services.passwords import change_password
from apps.projects.services.projects import create_project
from tests.cast import PASSWORD, make_member, make_token, make_user
from tests.projects.test_news import Socket, describe, in_thread, session_of
from tests.site import doors

pytestmark = pytest.mark.django_db(transaction=True)

AT_MOST = 5
# What a busy machine may add before the test calls it broken.
PATIENCE = 10


def newest(project) -> int:
    """The seq after which nothing has happened yet."""
    project.refresh_from_db()
    return project.last_seq


async def ask(socket: Socket, query: str) -> dict:
    """The first answer to a subscription."""
    await socket.send({"id": "1", "type": "subscribe", "payload": {"query": query}})
    return await socket.receive()


@pytest.mark.holds(1, 3, 6)
def test_a_subscription_is_heard_by_who_may(live, alice, bob, vera, charlie, sam, project):
    elsewhere = create_project(actor=Actor(user=alice), name="Elsewhere")
    tokens = {
        "alice": make_token(alice), "bob": make_token(bob), "vera": make_token(vera, scope="read"),
        "charlie": make_token(charlie), "sam": make_token(sam), "token": make_token(alice, project=elsewhere),
    }  # fmt: skip
    roles = {"alice": doors.OWNER, "bob": doors.EDITOR, "vera": doors.VIEWER}

    async def scene(token: str, query: str) -> dict:
        async with Socket(live, token=token) as socket:
            return await ask(socket, query)

    for name, (least, arguments, shown) in doors.SUBSCRIPTIONS.items():
        for who, token in tokens.items():
            own, missing = (
                asyncio.run(scene(token, f"subscription {{ {name}({given}) {{ {shown} }} }}"))
                for given in (
                    arguments.replace("$project", f'"{project.pk}"'),
                    arguments.replace("$project", '"00000000-0000-4000-8000-000000000000"'),
                )
            )
            if roles.get(who, doors.SIGNED_IN) >= least:
                assert own["payload"]["data"][name]["changes"], who
            else:
                assert _unmarked(own) == _unmarked(missing), who
                assert "NOT_FOUND" in json.dumps(own)


def _unmarked(message: dict) -> dict:
    for error in message["payload"]["errors"]:
        error["extensions"].pop("requestId")
    return message


def revoke(user, _session) -> None:
    ApiToken.objects.filter(user=user).update(revoked_at=timezone.now())


def expire(user, _session) -> None:
    ApiToken.objects.filter(user=user).update(expires_at=timezone.now() - timedelta(seconds=1))


def disable(user, _session) -> None:
    type(user).objects.filter(pk=user.pk).update(is_active=False)


def sign_out(_user, session) -> None:
    SessionStore(session).delete()


def new_password(user, _session) -> None:
    change_password(actor=Actor(user=user), current_password=PASSWORD, new_password="violet tram 42 lemon")


def lose_membership(user, _session) -> None:
    Membership.objects.filter(user=user).delete()


ENDINGS = {
    "revoke": (revoke, "token", "UNAUTHENTICATED"),
    "expire": (expire, "token", "UNAUTHENTICATED"),
    "disable": (disable, "token", "UNAUTHENTICATED"),
    "disable, by session": (disable, "session", "UNAUTHENTICATED"),
    "sign out": (sign_out, "session", "UNAUTHENTICATED"),
    "new password": (new_password, "session", "UNAUTHENTICATED"),
    "lose membership": (lose_membership, "token", "NOT_FOUND"),
}


@pytest.mark.holds(7, 8)
def test_an_idle_socket_ends_within_five_seconds(live, alice, project):
    """Nothing happens in the project: nobody is woken by news."""
    assert RECHECK_SECONDS + 1 < AT_MOST
    users = {name: make_user(f"user{place}") for place, name in enumerate(ENDINGS)}
    for user in users.values():
        make_member(project, user, Role.VIEWER)
    by = {
        name: {"token": make_token(users[name])}
        if kind == "token"
        else {"session": session_of(users[name]), "origin": live.url}
        for name, (_, kind, _) in ENDINGS.items()
    }
    start = newest(project)

    async def scene(name: str) -> str:
        end, _, _ = ENDINGS[name]
        async with Socket(live, **by[name]) as socket:
            await socket.subscribe(project, after=start)
            await socket.silence(0.5)
            await in_thread(end, users[name], by[name].get("session"))
            code = await socket.refusal(AT_MOST + PATIENCE)
            assert (await socket.receive())["type"] == "complete"
            # The same socket opens nothing any more.
            await socket.subscribe(project, after=0, id="2")
            assert await socket.refusal() == code
            return code

    async def all_at_once() -> dict[str, str]:
        codes = await asyncio.gather(*map(scene, ENDINGS))
        return dict(zip(ENDINGS, codes, strict=True))

    assert asyncio.run(all_at_once()) == {name: code for name, (_, _, code) in ENDINGS.items()}


@pytest.mark.holds(8)
def test_nothing_that_happens_after_the_end_is_heard(live, alice, vera, project):
    token, start = make_token(vera), newest(project)

    async def scene() -> list[dict]:
        async with Socket(live, token=token) as socket:
            await socket.subscribe(project, after=start)
            await socket.silence(0.5)
            await in_thread(lose_membership, vera, None)
            await in_thread(describe, alice, project, "canary")
            heard = [await socket.receive(), await socket.receive()]
            await socket.silence()
            return heard

    heard = asyncio.run(scene())
    assert [message["type"] for message in heard] == ["next", "complete"]
    assert heard[0]["payload"]["data"] is None


@pytest.mark.holds(1)
def test_the_news_of_one_project_tell_nothing_of_another(live, alice, charlie, project):
    """Both are listened to in one process, which reads their feeds together."""
    other = charlie.memberships.get().project
    callers = {project: make_token(alice), other: make_token(charlie)}
    start = {each: newest(each) for each in callers}

    def happen() -> None:
        describe(charlie, other, "canary")
        Job.objects.create(
            project=other, kind="x", title="canary", lane=Lane.LIGHT, requested_by=charlie, queued_at=timezone.now()
        )

    async def scene() -> tuple[dict, dict]:
        async with Socket(live, token=callers[other]) as theirs, Socket(live, token=callers[project]) as ours:
            await theirs.subscribe(other, after=start[other])
            await ours.subscribe(project, after=start[project])
            await ours.silence(0.5)
            await in_thread(happen)
            first = await theirs.news()
            second = first if first["jobs"] else await theirs.news()
            await ours.silence(1.5)
            return first, second

    first, second = asyncio.run(scene())
    assert first["changes"][0]["targetId"] == str(other.pk)
    assert second["jobs"][0]["project"] == {"name": "Elsewhere"}
