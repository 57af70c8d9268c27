"""A line for every request and socket."""

from __future__ import annotations

import logging
from typing import Any

logger = logging.getLogger("chroma.access")


def log_action(protocol: str, action: str, details: dict[str, Any]) -> None:
    """What daphne reports. Failures are always said; what went well only where the level is INFO."""
    if (protocol, action) == ("http", "complete"):
        level = logging.INFO if details["status"] < 400 else logging.WARNING
        logger.log(level, "%(method)s %(path)s %(status)s [%(time_taken).2f s, %(client)s]", details)
    elif protocol == "websocket" and action in {"connected", "disconnected", "rejected"}:
        logger.info("WebSocket %s %s [%s]", action, details["path"], details["client"])
