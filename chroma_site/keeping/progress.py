"""Lines for who waits: now and then while something counts, and at every step."""

from __future__ import annotations

import time
from collections.abc import Callable

SECONDS_BETWEEN = 2.0


class Progress:
    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        self._told_at = time.monotonic()

    def step(self, line: str) -> None:
        self._write(line)
        self._told_at = time.monotonic()

    def tell(self, line: str) -> None:
        """The same, unless something was told a moment ago."""
        if time.monotonic() - self._told_at >= SECONDS_BETWEEN:
            self.step(line)
