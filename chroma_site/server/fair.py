"""The application behind the turns: an HTTP request is worked on when it is its caller's turn."""

from __future__ import annotations

import http
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from apps.common.errors import RateLimited
from chroma_site.server.answers import refusal
from chroma_site.server.callers import Callers
from chroma_site.server.turns import Turn, Turns

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Callable[[], Awaitable[Message]], Send], Awaitable[None]]

# Whoever watches the server asks how it is also when it has much to do.
AT_ONCE = ("/healthz",)


class FairApplication:
    def __init__(self, application: Application, turns: Turns, callers: Callers) -> None:
        self.application = application
        self.turns = turns
        self.callers = callers

    async def __call__(self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(AT_ONCE):
            await self.application(scope, receive, send)
            return
        caller = await self.callers.name(scope["headers"], scope["client"][0])
        try:
            turn: Turn | None = await self.turns.take(caller)
        except RateLimited as problem:
            await _answer(problem, send)
            return

        async def give_way_and_send(message: Message) -> None:
            """No turn is held while the client takes its time with the answer."""
            nonlocal turn
            if message["type"] == "http.response.body" and turn is not None:
                turn.end()
                turn = None
            await send(message)
            if message.get("more_body"):
                turn = await self.turns.take(caller, patient=True)

        try:
            await self.application(scope, receive, give_way_and_send)
        finally:
            if turn is not None:
                turn.end()


async def _answer(problem: RateLimited, send: Send) -> None:
    _, headers, body = refusal(problem)
    await send({"type": "http.response.start", "status": http.HTTPStatus(problem.status), "headers": headers})
    await send({"type": "http.response.body", "body": body})
