"""The protocol graphql-transport-ws, which strawberry speaks, for clients that may send anything."""

from __future__ import annotations

from typing import Any

from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler

from apps.common.errors import LimitExceeded
from apps.common.graphql.context import ChromaContext


class CarefulHandler(BaseGraphQLTransportWSHandler[ChromaContext, None]):
    async def handle_message(self, message: Any) -> None:
        problem = malformed(message)
        if problem:
            await self.handle_invalid_message(problem)
        else:
            await super().handle_message(message)

    async def handle_subscribe(self, message: Any) -> None:
        most = self.max_subscriptions_per_connection
        is_new = self.connection_acknowledged and message["id"] not in self.operations
        if is_new and most is not None and len(self.operations) >= most:
            await self.send_message({"id": message["id"], "type": "error", "payload": [self._too_many(most)]})
        else:
            await super().handle_subscribe(message)

    def _too_many(self, most: int) -> Any:
        extensions = {"code": LimitExceeded.code, "field": None, "hint": None, "requestId": self.context.request_id}
        return {"message": f"A socket carries at most {most} subscriptions; end some first.", "extensions": extensions}


def malformed(message: Any) -> str | None:
    """What is wrong with a message, of which strawberry expects that it has the right form."""
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return "A message is a JSON object with a type"
    kind, payload = message["type"], message.get("payload")
    if kind in {"subscribe", "complete"} and not (isinstance(message.get("id"), str) and message["id"]):
        return "The id of a subscription must be a text"
    if kind != "subscribe":
        return None
    if not isinstance(payload, dict) or not isinstance(payload.get("query"), str):
        return "The payload must be an object with a query"
    if not isinstance(payload.get("variables"), dict | None) or not isinstance(
        payload.get("operationName"), str | None
    ):
        return "variables must be an object, operationName a text"
    return None
