"""The one server of every way to serve: daphne's event loop behind our guards.

Daphne alone takes whatever anybody sends to disk before Django sees the request, waits for slow clients without end,
keeps answers in memory that nobody reads, and leaves requests unanswered when it is stopped.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import Sequence
from typing import Any

from daphne.http_protocol import HTTPFactory
from daphne.server import Server
from daphne.ws_protocol import WebSocketFactory
from twisted.internet import defer, reactor
from twisted.internet.endpoints import serverFromString
from twisted.logger import globalLogBeginner
from twisted.web import http

from chroma_site.pace import Pace
from chroma_site.server.budget import BodyBudget
from chroma_site.server.callers import Callers
from chroma_site.server.channel import GuardedChannel
from chroma_site.server.connections import Connections
from chroma_site.server.fair import FairApplication
from chroma_site.server.limits import Limits
from chroma_site.server.proxies import Network, origin_of, without_forwarded
from chroma_site.server.request import GuardedRequest
from chroma_site.server.socket_protocol import GuardedSocket
from chroma_site.server.turns import Turns

# Python hands the interpreter on this often. With its 5 ms a request waits long whenever it comes back from the
# database while another computes.
SWITCH_SECONDS = 0.001
NAP = 0.05
logger = logging.getLogger("chroma.server")


class ChromaServer(Server):  # type: ignore[misc]  # daphne is untyped
    def __init__(
        self, application: Any, *, limits: Limits | None = None, trusted_proxies: Sequence[Network] = (), **options: Any
    ) -> None:
        self.limits = limits or Limits()
        self.trusted_proxies = trusted_proxies
        self.callers = Callers()
        self.bodies = BodyBudget(self.limits)
        self.open = Connections(self.limits, trusted_proxies)
        self.sockets: set[GuardedSocket] = set()
        self.openings = Pace(at_once=self.limits.opened_at_once, a_second=self.limits.opened_a_second)
        self.is_stopping = False
        super().__init__(FairApplication(application, Turns(self.limits), self.callers), **options)

    def run(self) -> None:
        """Serve until SIGTERM or Ctrl-C."""
        sys.setswitchinterval(SWITCH_SECONDS)
        globalLogBeginner.beginLoggingTo([lambda _: None], redirectStandardIO=False, discardBuffer=True)
        self.connections: dict[Any, Any] = {}
        self.http_factory, self.ws_factory = _GuardedFactory(self), self._socket_factory()
        reactor.callLater(1, self.application_checker)
        reactor.callLater(2, self.timeout_checker)
        reactor.callLater(self.limits.sweep_seconds, self._sweep)
        for description in self.endpoints:
            listener = serverFromString(reactor, str(description)).listen(self.http_factory)
            listener.addCallback(self.listen_success)
            listener.addErrback(self.listen_error)
            self.listeners.append(listener)
        asyncio.set_event_loop(reactor._asyncioEventloop)  # noqa: SLF001 - as daphne does
        reactor.addSystemEventTrigger("before", "shutdown", self.kill_all_applications)
        if not self.abort_start:
            reactor.run(installSignalHandlers=self.signal_handlers)

    def listen_success(self, port: Any) -> None:
        self.ports = [*getattr(self, "ports", []), port]
        super().listen_success(port)

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """Say whose request it is; nothing of what a client claims about that goes on to Django."""
        origin = origin_of(scope["client"][0], scope["headers"], self.trusted_proxies)
        scope["client"] = protocol.client_addr = [origin.address, scope["client"][1]]
        scope["headers"] = without_forwarded(scope["headers"])
        if scope["type"] == "http":
            scope["scheme"] = "https" if origin.is_secure else "http"
        return super().create_application(protocol, scope)

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        await super().handle_reply(protocol, message)
        await protocol.drained()

    def kill_all_applications(self) -> Any:
        """What SIGTERM begins: nothing new is taken, requests in flight may end, sockets are told to come back."""
        loop = asyncio.get_event_loop()
        return defer.Deferred.fromFuture(asyncio.ensure_future(self._stop_gracefully(), loop=loop))

    async def _stop_gracefully(self) -> None:
        self.is_stopping = True
        for port in getattr(self, "ports", []):
            port.stopListening()
        for socket in list(self.sockets):
            socket.end()
        deadline = time.monotonic() + self.limits.drain_seconds
        # No event tells when the connections have come to rest.
        while time.monotonic() < deadline and self._hang_up_on_the_idle():  # noqa: ASYNC110
            await asyncio.sleep(NAP)
        for protocol, details in list(self.connections.items()):
            task = details.get("application_instance")
            if task is not None and not task.done():
                protocol.basic_error(503, b"Stopped", "") if isinstance(protocol, GuardedRequest) else None
                task.cancel()
        # Lets the last answers leave.
        await asyncio.sleep(NAP)

    def _hang_up_on_the_idle(self) -> bool:
        """Whether connections are left that have something in flight."""
        for connection in self.open:
            if isinstance(connection, GuardedChannel) and connection.is_idle():
                connection.loseConnection()
        return bool(list(self.open))

    def _sweep(self) -> None:
        now = time.monotonic()
        for connection in self.open:
            connection.look_after(now)
        reactor.callLater(self.limits.sweep_seconds, self._sweep)

    def _socket_factory(self) -> WebSocketFactory:
        factory = WebSocketFactory(self, server=self.server_name)
        factory.protocol = GuardedSocket
        factory.setProtocolOptions(
            autoPingTimeout=self.ping_timeout,
            allowNullOrigin=True,  # it is asked about in chroma_site/websocket.py
            openHandshakeTimeout=self.websocket_handshake_timeout,
            # Autobahn measures what we send by it as well; what comes in has a lower limit of its own.
            maxMessagePayloadSize=self.limits.outgoing_message_bytes,
            maxFramePayloadSize=self.limits.outgoing_message_bytes,
            # Tell the client why before the connection ends.
            failByDrop=False,
        )
        return factory


class _GuardedFactory(HTTPFactory):  # type: ignore[misc]  # daphne is untyped
    protocol = GuardedChannel

    def __init__(self, server: ChromaServer) -> None:
        super().__init__(server)
        # Connections are timed by look_after, which knows what each is doing.
        self.timeOut = None

    def buildProtocol(self, address: Any) -> GuardedChannel:
        channel: GuardedChannel = http.HTTPFactory.buildProtocol(self, address)
        channel.requestFactory = GuardedRequest
        channel.server = self.server
        return channel
