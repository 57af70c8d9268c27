"""One WebSocket: daphne's, with bounded messages, dropped where its client does not take what is sent."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from daphne.ws_protocol import WebSocketProtocol

TOO_BIG = 1009
RESTARTING = 1012
# What a control frame has room for beside the code.
LONGEST_REASON = 123


class GuardedSocket(WebSocketProtocol):  # type: ignore[misc]  # daphne is untyped
    def connectionMade(self) -> None:
        self._takes_more = asyncio.Event()
        self._takes_more.set()
        self._stalled_since: float | None = None
        self._fragments = 0
        # In place of the HTTP channel, which had the connection before.
        self.transport.unregisterProducer()
        self.transport.registerProducer(self, True)
        super().connectionMade()
        self.factory.server_class.open.take_over(self)
        self.factory.server_class.sockets.add(self)

    def connectionLost(self, reason: object) -> None:
        self.factory.server_class.sockets.discard(self)
        self.factory.server_class.open.leave(self.transport)
        self._takes_more.set()
        super().connectionLost(reason)

    def onMessageBegin(self, is_binary: bool) -> None:
        self._fragments = 0
        super().onMessageBegin(is_binary)

    def onMessageFrameBegin(self, length: int) -> None:
        limits = self.factory.server_class.limits
        self._fragments += 1
        super().onMessageFrameBegin(length)
        if self.message_data_total_length > limits.message_bytes or self._fragments > limits.most_fragments:
            self._fail_connection(TOO_BIG, f"A message has at most {limits.message_bytes:,} bytes.")

    async def drained(self) -> None:
        """Wait until the client has taken most of what was sent, or is gone."""
        await self._takes_more.wait()

    def pauseProducing(self) -> None:
        # Nothing is read meanwhile: answers to pings would pile up as well.
        self._takes_more.clear()
        self._stalled_since = time.monotonic()
        self.transport.pauseProducing()

    def resumeProducing(self) -> None:
        self._takes_more.set()
        self._stalled_since = None
        self.transport.resumeProducing()

    def stopProducing(self) -> None:
        self._takes_more.set()

    def look_after(self, now: float) -> None:
        """Drop the connection where its client takes nothing; called every second or so."""
        if (
            self._stalled_since is not None
            and now - self._stalled_since > self.factory.server_class.limits.stalled_socket
        ):
            self.transport.abortConnection()

    def handle_reply(self, message: dict[str, Any]) -> None:
        # daphne tells the client the code alone.
        if message["type"] == "websocket.close" and self.state == self.STATE_OPEN:
            self.serverClose(message.get("code"), message.get("reason") or "")
        else:
            super().handle_reply(message)

    def serverClose(self, code: int | None = None, reason: str = "") -> None:
        # Not sendClose, which allows applications none of the codes that a server uses.
        if self.state == self.STATE_OPEN:
            words = reason.encode()[:LONGEST_REASON].decode(errors="ignore").encode()
            self.sendCloseFrame(code=1000 if code is None else code, reasonUtf8=words or None, isReply=False)

    def end(self) -> None:
        """Tell the client that the server is being stopped, and that coming back is welcome."""
        if self.state == self.STATE_OPEN:
            self.serverClose(RESTARTING)
        else:
            self.transport.abortConnection()
