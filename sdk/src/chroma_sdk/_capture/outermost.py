"""Tells the outermost of nested calls: a pipeline predicts by calling its steps, a forest by calling its trees."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Nesting(threading.local):
    """How deep the calls of this thread are nested."""

    depth = 0

    @contextmanager
    def entered(self) -> Iterator[bool]:
        """Enter a call; gives whether it is the outermost one."""
        self.depth += 1
        try:
            yield self.depth == 1
        finally:
            self.depth -= 1
