"""One HTTP request: daphne's, whose errors are JSON and whose answers go no faster than the client takes them."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from daphne.http_protocol import WebRequest

from apps.common.errors import BadRequest, ChromaError, RetryLater
from chroma_site.server.answers import refusal

logger = logging.getLogger("chroma.server")


class GuardedRequest(WebRequest):  # type: ignore[misc]  # daphne is untyped
    def __init__(self, *args: Any, **options: Any) -> None:
        self._takes_more = asyncio.Event()
        self._takes_more.set()
        # Twisted would read forms into memory, whatever their size, for arguments that nobody asks for.
        super().__init__(*args, **options, parsePOSTFormSubmission=False)

    def handle_reply(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start" and not self._response_started and self.producer is None:
            self.registerProducer(self, True)
        super().handle_reply(message)

    def setResponseCode(self, code: int, message: bytes | None = None) -> None:
        # Twisted knows no words for 422, 429 and some more.
        with suppress(ValueError):
            message = message or HTTPStatus(code).phrase.encode()
        super().setResponseCode(code, message)

    async def drained(self) -> None:
        """Wait until the client has taken most of what was sent, or is gone."""
        await self._takes_more.wait()

    def pauseProducing(self) -> None:
        self._takes_more.clear()

    def resumeProducing(self) -> None:
        self._takes_more.set()

    def stopProducing(self) -> None:
        self._takes_more.set()

    def finish(self) -> None:
        self._takes_more.set()
        if self.producer is not None:
            self.unregisterProducer()
        super().finish()

    def connectionLost(self, reason: object) -> None:
        self._takes_more.set()
        super().connectionLost(reason)

    def handle_exception(self, exception: BaseException) -> None:
        """An answer that breaks off is cut off, so that nobody takes it for whole."""
        if self._response_started:
            self.transport.abortConnection()
        else:
            super().handle_exception(exception)

    def basic_error(self, status: int, status_text: bytes, body: object) -> None:
        """What daphne itself has to say, which it would say in HTML."""
        if self._response_started or self.finished or self.channel is None:
            return
        problem: ChromaError
        if status == RetryLater.status:
            problem = RetryLater("The server is being stopped, or has too much to do. Try again in a moment.")
        elif status < 500:
            problem = BadRequest("This request is malformed.")
        else:
            problem = ChromaError("Something went wrong.")
        request_id, headers, content = refusal(problem)
        logger.warning("request %s ended with %s: %s", request_id, problem.status, status_text.decode())
        self.handle_reply({"type": "http.response.start", "status": problem.status, "headers": headers})
        self.handle_reply({"type": "http.response.body", "body": content})
