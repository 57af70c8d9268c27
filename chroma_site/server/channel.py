"""One HTTP connection: heads and bodies are refused by what they say, before anything of them is kept."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import unquote

from daphne.utils import HEADER_NAME_RE, INVALID_HEADER_VALUE_BYTES
from django.db import Error
from twisted.web import http

from apps.common.errors import (
    BadRequest,
    ChromaError,
    LengthRequired,
    NotFound,
    PayloadTooLarge,
    RateLimited,
    RetryLater,
    Unauthenticated,
)
from chroma_site.server.addresses import largest_body
from chroma_site.server.answers import HeadTooLarge, TooSlow, as_http
from chroma_site.server.limits import RETRY_AFTER
from chroma_site.server.proxies import Headers, Origin, origin_of

if TYPE_CHECKING:
    from chroma_site.server.server import ChromaServer

SOCKETS = "/graphql"
# The most digits that a length in bytes has.
LONGEST_LENGTH = 18
logger = logging.getLogger("chroma.server")


class GuardedChannel(http.HTTPChannel):  # type: ignore[misc]  # Twisted is not typed for mypy
    """Twisted's channel, which by itself takes any body to disk as long as a byte comes each minute."""

    server: ChromaServer
    length: int | None

    def connectionMade(self) -> None:
        limits = self.server.limits
        self.maxHeaders, self.totalHeadersSize, self.MAX_LENGTH = (
            limits.most_headers,
            limits.head_bytes,
            limits.head_bytes,
        )
        self._heard_at = time.monotonic()
        # When the first byte of the head came; a new connection has no longer for it.
        self._head_since: float | None = self._heard_at
        self._body_since = 0.0
        self._received = 0
        self._refused_at: float | None = None
        self._stalled_since: float | None = None
        self._admission: asyncio.Task[None] | None = None
        self._give_back: Callable[[], None] | None = None
        super().connectionMade()
        problem = self.server.open.enter(self)
        if problem is not None:
            self.refuse(problem)

    def connectionLost(self, reason: object) -> None:
        self._release()
        self.server.open.leave(self.transport)
        super().connectionLost(reason)

    def dataReceived(self, data: bytes) -> None:
        if self._refused_at is not None:
            return
        self._heard_at = time.monotonic()
        if self._head_since is None and self.line_mode:
            self._head_since = self._heard_at
        super().dataReceived(data)

    def lineReceived(self, line: bytes) -> None:
        if self._refused_at is None:
            super().lineReceived(line)

    def rawDataReceived(self, data: bytes) -> None:
        if self._refused_at is not None:
            return
        if not self._handlingRequest:
            self._received += len(data)
        super().rawDataReceived(data)

    def headerReceived(self, line: bytes) -> bool:
        name, _, value = line.partition(b":")
        # Daphne would let any client say below which path the site lies.
        if name.lower() == b"daphne-root-path":
            return True
        # Python refuses to read a number of 5,000 digits, and Twisted does not expect that.
        if name.lower() == b"content-length" and len(value.strip()) > LONGEST_LENGTH:
            self.refuse(PayloadTooLarge("Content-Length is larger than any body that is allowed."))
            return False
        return bool(super().headerReceived(line))

    def allHeadersReceived(self) -> None:
        headers = list(self._headers())
        try:
            self._check(headers)
        except ChromaError as problem:
            self.refuse(problem)
            # Whatever follows is thrown away.
            self.length = None
            return
        self._head_since, self._body_since, self._received = None, time.monotonic(), 0
        super().allHeadersReceived()
        if self.length and self.length > self.server.limits.anonymous_body:
            self._networkProducer.pauseProducing()
            self._admission = asyncio.create_task(self._admit(headers, self.length))

    def allContentReceived(self) -> None:
        if self._refused_at is None:
            super().allContentReceived()

    def requestDone(self, request: http.Request) -> None:
        self._release()
        self._heard_at = time.monotonic()
        super().requestDone(request)

    def pauseProducing(self) -> None:
        """The client does not take what is sent to it as fast as it comes."""
        self._stalled_since = time.monotonic()
        super().pauseProducing()

    def resumeProducing(self) -> None:
        self._stalled_since = None
        super().resumeProducing()

    def origin(self) -> Origin:
        """Where the connection's newest request comes from."""
        return origin_of(self.peer, list(self._headers()), self.server.trusted_proxies)

    @property
    def peer(self) -> str:
        return str(getattr(self.getPeer(), "host", ""))

    def is_idle(self) -> bool:
        """Nothing of a request was received since the last one was answered, or nothing more is wanted."""
        if self._refused_at is not None:
            return True
        return not self._handlingRequest and bool(self.line_mode) and not self.requests

    def look_after(self, now: float) -> None:
        """End the connection where it is too slow; called every second or so."""
        limits = self.server.limits
        if self._refused_at is not None:
            if now - self._refused_at > limits.linger:
                self.transport.abortConnection()
        elif self._handlingRequest:
            if self._stalled_since is not None and now - self._stalled_since > limits.stalled_answer:
                self.transport.abortConnection()
        elif not self.line_mode:
            if self._admission is None and self._is_slow_body(now):
                self.refuse(TooSlow("The body came too slowly. Send it again."))
        elif self._head_since is not None:
            if now - self._head_since > limits.head_seconds:
                self.refuse(TooSlow("The head of the request came too slowly."))
        elif now - self._heard_at > limits.keep_alive:
            self.loseConnection()

    def refuse(self, problem: ChromaError) -> None:
        """Answer, and read on for a moment only so that the client, still sending, gets to see the answer."""
        if self._refused_at is not None:
            return
        self._refused_at = time.monotonic()
        self._release()
        request_id, answer = as_http(problem)
        command, path = getattr(self, "_command", b"?"), getattr(self, "_path", b"?").partition(b"?")[0]
        asked = f"{command.decode('latin-1')} {path.decode('latin-1')}"
        logger.warning("request %s refused with %s: %s [%s]", request_id, problem.status, asked, self.peer)
        self.transport.write(answer)
        self._networkProducer.resumeProducing()
        self._networkProducer.unregisterProducer()
        self.transport.loseWriteConnection()

    def lineLengthExceeded(self, line: bytes) -> None:
        self.refuse(HeadTooLarge("The head of the request is too large."))

    def _respondToBadRequestAndDisconnect(self) -> None:
        if self._receivedHeaderSize > self.totalHeadersSize or self._receivedHeaderCount > self.maxHeaders:
            self.refuse(HeadTooLarge("The head of the request is too large."))
        else:
            self.refuse(BadRequest("This request is malformed."))

    def _headers(self) -> Headers:
        given = self.requests[-1].requestHeaders.getAllRawHeaders() if self.requests else ()
        return [(name, value) for name, values in given for value in values]

    def _check(self, headers: Headers) -> None:
        """Raise where the head alone says enough."""
        names = {name.lower() for name, _ in headers}
        path = unquote(self._path.partition(b"?")[0].decode("latin-1"))
        if not path.startswith("/") or not all(_is_plain(name, value) for name, value in headers):
            raise BadRequest("This request is malformed.")
        if self.server.is_stopping:
            raise RetryLater("The server is being stopped. Try again in a moment.")
        if b"transfer-encoding" in names:
            raise LengthRequired("Send the header Content-Length.")
        at_most = largest_body(path)
        if self.length and self.length > at_most:
            raise PayloadTooLarge(f"The body has {self.length:,} bytes; at most {at_most:,} are allowed.")
        if any(name.lower() == b"upgrade" and value.lower() == b"websocket" for name, value in headers):
            if path != SOCKETS:
                raise NotFound("There is nothing at this address.")
            if self.length or self._command != b"GET":
                raise BadRequest("This request is malformed.")
            if not self.server.openings.allows(self.origin().address):
                raise RateLimited("Your address opens too many sockets.", retry_after=RETRY_AFTER)

    async def _admit(self, headers: Headers, size: int) -> None:
        """Read on for a body that is more than anybody may send once it is known whose it is and there is room."""
        try:
            user = await self.server.callers.user_behind(headers)
            if user is None:
                at_most = self.server.limits.anonymous_body
                raise Unauthenticated(f"Sign in to send more than {at_most:,} bytes; this body has {size:,}.")
            self._give_back = await self.server.bodies.take(f"user {user}", size)
        except ChromaError as problem:
            self.refuse(problem)
        except Error:
            self.refuse(RetryLater("The database cannot be reached, or is too busy. Try again in a moment."))
        else:
            self._heard_at = self._body_since = time.monotonic()
            self._networkProducer.resumeProducing()
        finally:
            self._admission = None

    def _is_slow_body(self, now: float) -> bool:
        limits, seconds = self.server.limits, now - self._body_since
        if now - self._heard_at > limits.idle_seconds:
            return True
        return seconds > limits.idle_seconds and self._received < seconds * limits.slowest_body

    def _release(self) -> None:
        if self._admission is not None:
            self._admission.cancel()
        if self._give_back is not None:
            self._give_back()
            self._give_back = None


def _is_plain(name: bytes, value: bytes) -> bool:
    """Whether every reader of the header reads the same."""
    return bool(HEADER_NAME_RE.fullmatch(name)) and not INVALID_HEADER_VALUE_BYTES.intersection(value)
