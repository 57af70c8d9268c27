"""GraphQL subscriptions over a WebSocket at `/graphql`, protocol graphql-transport-ws alone."""

from __future__ import annotations

import json
import logging
import uuid
from typing import Any, NoReturn

from channels.db import database_sync_to_async
from django.conf import settings
from django.http.cookie import parse_cookie
from django.http.request import split_domain_port, validate_host
from django.urls import path
from strawberry.channels import GraphQLWSConsumer
from strawberry.exceptions import ConnectionRejectionError
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL

from apps.accounts.credentials import Credential
from apps.common.bodies import parse_json
from apps.common.errors import BadUserInput, Unauthenticated
from apps.common.graphql.context import ChromaContext
from apps.common.outages import outage
from chroma_site.schema import schema
from chroma_site.socket_limits import INIT_TIMEOUT, MOST_SUBSCRIPTIONS, members, messages, newcomers
from chroma_site.socket_messages import CarefulHandler

TOO_MANY_MESSAGES = 1008
BROKEN = 1011
FORBIDDEN = 4403
# Browsers come back after this one.
TRY_AGAIN_LATER = 1013
logger = logging.getLogger("chroma.websocket")


class ChromaConsumer(GraphQLWSConsumer[ChromaContext, None]):
    """Knows its caller by a token in connection_init, or by the session cookie of a page of our own.

    Browsers send the cookie with whatever page opens the socket, so it counts only beside an Origin that is ours, which
    strawberry compares with Host; Host itself must be one of CHROMA_ALLOWED_HOSTS. Programs, which send no Origin, need
    a token.
    """

    # A socket needs no channel layer: it hears of news from this process (apps/projects/news.py), also without Redis.
    channel_layer_alias = ""
    graphql_transport_ws_handler_class = CarefulHandler

    async def run(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        domain, _ = split_domain_port(self.get_websocket_headers(request).get("host", ""))
        self.crowd, self.name = newcomers, self.scope["client"][0]
        if not validate_host(domain, settings.ALLOWED_HOSTS) or not self.crowd.enter(self.name):
            return await self.reject_websocket(request)
        try:
            return await super().run(request, *args, **kwargs)
        except Exception:
            logger.exception("A socket broke")
            await self.close(code=BROKEN, reason="Something went wrong in the server.")
        finally:
            self.crowd.leave(self.name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if messages.allows(self.name):
            await super().receive(text_data, bytes_data)
        else:
            await self.close(code=TOO_MANY_MESSAGES, reason="You send too many messages a second.")

    def decode_json(self, data: str | bytes) -> object:
        try:
            return parse_json(data)
        except BadUserInput as problem:
            raise json.JSONDecodeError(problem.message, "", 0) from problem

    async def get_context(self, request: Any, response: Any) -> ChromaContext:
        return ChromaContext(actor=None, request_id=uuid.uuid4().hex[:12], request=request)

    async def on_ws_connect(self, context: ChromaContext) -> Any:
        credential = self._credential(context.connection_params or {})
        if credential is None:
            await self._send_away("Send Authorization: Bearer <token> in the payload of connection_init.", FORBIDDEN)
        try:
            # Not in the one thread that all sockets share: a database that is busy would keep all of them waiting.
            actor = await database_sync_to_async(credential.actor, thread_sensitive=False)()
        except Unauthenticated as problem:
            await self._send_away(problem.message, FORBIDDEN)
        except Exception as problem:
            if (expected := outage(problem)) is None:
                raise
            await self._send_away(expected.message)
        if not members.enter(str(actor.user.pk)):
            await self._send_away("You have too many sockets open; close some first.")
        newcomers.leave(self.name)
        self.crowd, self.name = members, str(actor.user.pk)
        context.actor, context.credential = actor, credential
        return await super().on_ws_connect(context)

    async def _send_away(self, reason: str, code: int = TRY_AGAIN_LATER) -> NoReturn:
        # Closed for good only once: what strawberry does about a rejection comes too late.
        await self.close(code=code, reason=reason)
        raise ConnectionRejectionError

    def _credential(self, parameters: dict[str, Any]) -> Credential | None:
        header = parameters.get("Authorization")
        if isinstance(header, str) and header:
            return Credential(header=header)
        headers = self.get_websocket_headers(self)
        session_key = parse_cookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME)
        if not session_key or "origin" not in headers:
            return None
        return Credential(session_key=session_key)


websocket_urlpatterns = [
    path(
        "graphql",
        ChromaConsumer.as_asgi(
            schema=schema,
            subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL],
            connection_init_wait_timeout=INIT_TIMEOUT,
            max_subscriptions_per_connection=MOST_SUBSCRIPTIONS,
            allowed_origins=settings.CSRF_TRUSTED_ORIGINS,
        ),
    )
]
