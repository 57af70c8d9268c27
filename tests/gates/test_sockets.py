"""WebSockets: bounded in what they send, in how many there are, and in what waits for who does not read."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import AsyncExitStack, suppress

import psutil
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import Frame, Opcode

from chroma_site.socket_limits import MESSAGES_AT_ONCE, MOST_SOCKETS_A_USER, MOST_SUBSCRIPTIONS
from tests.gates.raw import connect as raw_connect
from tests.gates.raw import head
from tests.projects.test_news import Socket, describe, in_thread, session_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.holds(22)]

KIB = 1024
SUBSCRIBE = {"id": "1", "type": "subscribe", "payload": {"query": "subscription { x }"}}


async def code_after(live, token, *messages, init=True) -> int:
    """The code with which the server closes a socket that sends these."""
    try:
        async with Socket(live, token=token, init=init) as socket:
            for message in messages:
                await socket.socket.send(message if isinstance(message, str | bytes) else json.dumps(message))
            async with asyncio.timeout(15):
                async for _ in socket.socket:
                    pass
            return socket.socket.close_code
    except ConnectionClosed as closed:
        return closed.rcvd.code


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([{"type": "connection_init"}], 4429),
        ([b"\x00\x01"], 4400),
        ([""], 4400),
        (["{"], 4400),
        (["[]"], 4400),
        (["7"], 4400),
        (["null"], 4400),
        (['{"type": 7}'], 4400),
        (['{"type": "dance"}'], 4400),
        (["[" * 30_000], 4400),
        (['{"type": "ping", "payload": "\\ud800"}'], 4400),
        (['{"type": "ping", "payload": ' + "9" * 5000 + "}"], 4400),
        ([{**SUBSCRIBE, "id": 7}], 4400),
        ([{**SUBSCRIBE, "id": ["a"]}], 4400),
        ([{**SUBSCRIBE, "id": ""}], 4400),
        ([{**SUBSCRIBE, "payload": []}], 4400),
        ([{**SUBSCRIBE, "payload": {"query": 7}}], 4400),
        ([{**SUBSCRIBE, "payload": {"query": "subscription { x }", "variables": [1]}}], 4400),
        ([{**SUBSCRIBE, "payload": {"query": "{ me { id }"}}], 4400),
        ([{"type": "complete"}], 4400),
        (["x" * (64 * KIB + 1)], 1009),
        (["x" * (2 * KIB * KIB)], 1009),
        ([json.dumps({"type": "ping"})] * (MESSAGES_AT_ONCE * 2), 1008),
    ],
    ids=lambda value: None if isinstance(value, int) else str(value)[:40],
)
def test_what_is_no_message_ends_the_socket_with_a_code_that_says_why(small, alice, token_for, messages, code):
    assert asyncio.run(code_after(small, token_for(alice), *messages)) == code


def test_a_socket_that_never_says_who_it_is_is_closed(small):
    started = time.monotonic()
    assert asyncio.run(code_after(small, None, init=False)) == 4408
    assert time.monotonic() - started < 10


def test_text_that_is_no_text_is_refused(small, alice, token_for):
    async def scene():
        async with Socket(small, token=token_for_alice) as socket:
            protocol = socket.socket.protocol
            protocol.send_text(b"\xff\xfe")
            socket.socket.transport.write(b"".join(protocol.data_to_send()))
            await asyncio.wait_for(socket.socket.wait_closed(), 10)
            return socket.socket.close_code

    token_for_alice = token_for(alice)
    assert asyncio.run(scene()) == 1007


@pytest.mark.parametrize(("size", "count"), [(0, 500), (KIB, 100)], ids=["empty", "1 KiB"])
def test_a_message_in_endless_pieces_is_cut_off(small, alice, token_for, size, count):
    async def scene(token):
        async with Socket(small, token=token) as socket:
            pieces = [Frame(Opcode.TEXT, b"", fin=False)] + [Frame(Opcode.CONT, b"x" * size, fin=False)] * count
            socket.socket.transport.write(b"".join(piece.serialize(mask=True) for piece in pieces))
            await asyncio.wait_for(socket.socket.wait_closed(), 10)
            return socket.socket.close_code

    assert asyncio.run(scene(token_for(alice))) == 1009


def test_a_socket_carries_so_many_subscriptions_and_the_same_name_once(small, alice, project, token_for):
    async def scene(token):
        async with Socket(small, token=token) as socket:
            for number in range(MOST_SUBSCRIPTIONS + 1):
                await socket.subscribe(project, after=project.last_seq + 1, id=str(number))
            answer = await socket.receive(15)
            assert (answer["type"], answer["id"]) == ("error", str(MOST_SUBSCRIPTIONS))
            extensions = answer["payload"][0]["extensions"]
            assert extensions["code"] == "LIMIT_EXCEEDED"
            assert extensions["requestId"]
            await socket.send({"id": "0", "type": "complete"})
            await socket.subscribe(project, after=project.last_seq + 1, id="new")
            await socket.silence(0.5)
            await socket.subscribe(project, id="7")
            await asyncio.wait_for(socket.socket.wait_closed(), 10)
            return socket.socket.close_code

    assert asyncio.run(scene(token_for(alice))) == 4409


def test_a_user_has_so_many_sockets_whatever_the_tokens_and_another_has_room(small, alice, charlie, token_for):
    async def scene(tokens, other):
        async with AsyncExitStack() as opened:
            sockets = [
                await opened.enter_async_context(Socket(small, token=tokens[number % 2]))
                for number in range(MOST_SOCKETS_A_USER)
            ]
            code = await code_after(small, tokens[0])
            await opened.enter_async_context(Socket(small, token=other))
            await sockets[0].socket.close()
            await asyncio.sleep(0.5)
            await opened.enter_async_context(Socket(small, token=tokens[0]))
            return code

    assert asyncio.run(scene([token_for(alice), token_for(alice)], token_for(charlie))) == 1013


@pytest.mark.holds(11)
@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://127.0.0.1.evil.example"]
)
def test_a_page_of_another_origin_opens_nothing_with_the_cookie(small, alice, origin):
    session = session_of(alice)

    async def scene():
        async with Socket(small, session=session, origin=origin):
            pass

    with pytest.raises(InvalidStatus) as refused:
        asyncio.run(scene())
    assert refused.value.response.status_code == 403


def test_who_never_reads_is_dropped_and_costs_little(small, usage, alice, project, token_for):
    """A client that asks and asks and reads nothing: what waits for it stays small, and it is gone soon."""
    token = token_for(alice)
    before = usage(small)
    connection = raw_connect(small, receive_buffer=4096)
    wanted = ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="]
    wanted += ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: graphql-transport-ws"]
    connection.sendall(head("GET", "/graphql", *wanted))
    assert b"101" in connection.recv(1000)
    init = json.dumps({"type": "connection_init", "payload": {"Authorization": f"Bearer {token}"}}).encode()
    connection.sendall(Frame(Opcode.TEXT, init).serialize(mask=True))
    # Control messages, which the protocol itself answers, in any number.
    ping = Frame(Opcode.PING, b"p" * 125).serialize(mask=True) * 1000
    connection.settimeout(8)
    sent, ends = 0, time.monotonic() + 12
    with suppress(OSError):
        while time.monotonic() < ends:
            sent += connection.send(ping)
    assert time.monotonic() < ends, "a client that reads nothing was heard for ever"
    assert sent < 64 * 1024**2
    assert usage(small).memory - before.memory < 30 * 1024**2
    connection.close()


def test_many_sockets_hear_and_leave_nothing_behind(small, usage, alice, bob, vera, charlie, project, token_for):
    """36 sockets of three users hear each event, while four of another project hear nothing."""
    tokens = [token_for(user) for user in (alice, bob, vera)]
    stranger = token_for(charlie)
    elsewhere = charlie.memberships.get().project
    before = usage(small)
    threads = psutil.Process(small.process.pid).num_threads()

    async def scene():
        async with AsyncExitStack() as opened:
            sockets = [await opened.enter_async_context(Socket(small, token=tokens[n % 3])) for n in range(36)]
            others = [await opened.enter_async_context(Socket(small, token=stranger)) for _ in range(4)]
            for socket in sockets:
                await socket.subscribe(project, after=project.last_seq)
            for socket in others:
                await socket.subscribe(elsewhere, after=elsewhere.last_seq)
            await asyncio.sleep(1)
            for number in range(5):
                await in_thread(describe, alice, project, f"event {number}")
                heard = await asyncio.gather(*(socket.news(10) for socket in sockets))
                assert all(news["changes"] for news in heard)
            for socket in others:
                await socket.silence(0.1)

    asyncio.run(scene())
    ends = time.monotonic() + 10
    while usage(small).files > before.files + 2 and time.monotonic() < ends:
        time.sleep(0.2)
    after = usage(small)
    assert after.files <= before.files + 2
    assert after.memory - before.memory < 60 * 1024**2
    assert psutil.Process(small.process.pid).num_threads() <= threads + 8
