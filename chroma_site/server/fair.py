"""The application behind the turns: an HTTP request is worked on when it is its caller's turn."""

from __future__ import annotations

import http
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from apps.common.errors import RateLimited
from chroma_site.server.answers import refusal
from chroma_site.server.callers import Callers
from chroma_site.server.turns import Turns

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
            await self.turns.take(caller)
        except RateLimited as problem:
            await _answer(problem, send)
            return
        turn = _Turn(self.turns, caller)
        try:
            await self.application(scope, receive, turn.while_not_sending(send))
        finally:
            turn.end()


class _Turn:
    """Held while the server works for the request, and not while it waits for the client to take the answer."""

    def __init__(self, turns: Turns, caller: str) -> None:
        self.turns, self.caller, self.is_held = turns, caller, True

    def end(self) -> None:
        if self.is_held:
            self.is_held = False
            self.turns.give_back(self.caller)

    def while_not_sending(self, send: Send) -> Send:
        async def give_way_and_send(message: Message) -> None:
            if message["type"] != "http.response.body":
                await send(message)
                return
            self.end()
            await send(message)
            if message.get("more_body"):
                await self.turns.take(self.caller, patient=True)
                self.is_held = True

        return give_way_and_send


async def _answer(problem: RateLimited, send: Send) -> None:
    _, headers, body = refusal(problem)
    await send({"type": "http.response.start", "status": http.HTTPStatus(problem.status), "headers": headers})
    await send({"type": "http.response.body", "body": body})
