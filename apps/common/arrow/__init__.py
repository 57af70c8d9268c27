"""Arrow IPC streams over HTTP: read with suspicion, written in bounded memory."""

from __future__ import annotations

from apps.common.arrow.read import read_table
from apps.common.arrow.respond import arrow_response, not_modified

__all__ = ["arrow_response", "not_modified", "read_table"]
