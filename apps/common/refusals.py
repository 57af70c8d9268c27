"""What was refused, in the server's log: by request id and code. Never what was sent, which may be secret."""

from __future__ import annotations

import logging

from django.http import HttpRequest

logger = logging.getLogger("chroma.refused")


def log_refusal(request_id: str, code: str, where: str) -> None:
    """Let whoever runs the server find the request that somebody tells them the id of."""
    logger.info("request %s: %s at %s", request_id, code, where)


def place_of(request: HttpRequest) -> str:
    """Method and route. Not the path: one-time links stand in theirs."""
    match = request.resolver_match
    return f"{request.method} {'/' + match.route if match else 'an address'}"
