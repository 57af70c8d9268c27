"""What resolvers know about who asks; the same for HTTP requests and WebSocket connections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from strawberry import Info

from apps.common.errors import Unauthenticated

if TYPE_CHECKING:
    from apps.accounts.actor import Actor
    from apps.accounts.credentials import Credential


@dataclass
class ChromaContext:
    """The `info.context` of every resolver. `actor` is None for anonymous callers."""

    actor: Actor | None
    request_id: str
    # The HttpRequest, or the consumer of a WebSocket; strawberry-django asks for it by this name.
    request: Any = None
    # Of WebSockets alone: what the client sent at the start, and by what it may be asked again who it is.
    connection_params: dict[str, Any] | None = None
    credential: Credential | None = None


def actor_of(info: Info[Any, Any]) -> Actor:
    """Who asks. Raises Unauthenticated for anonymous callers."""
    actor = actor_or_none(info)
    if actor is None:
        raise Unauthenticated("Sign in, or send the header Authorization: Bearer <token>.")
    return actor


def actor_or_none(info: Info[Any, Any]) -> Actor | None:
    context: ChromaContext = info.context
    return context.actor
