"""A few threads for rounds that take less than a millisecond each: the calling thread is one of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

from apps.common.compute.threads import thread_count


class Team:
    """Works on one round of pieces after the other; the pieces of a round must not touch each other.

    Parameters
    ----------
    n_threads : int or None
        How many threads, the caller's among them; None for as many as the process may use.
    """

    def __init__(self, n_threads: int | None) -> None:
        helpers = (n_threads or thread_count()) - 1
        self._helpers = helpers
        self._pool = ThreadPoolExecutor(helpers) if helpers else None

    def __enter__(self) -> Self:
        """Give the threads to a block of code."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Let the threads end."""
        if self._pool:
            self._pool.shutdown()

    def run(self, work: Callable[[Any], object], pieces: Iterable[Any]) -> None:
        """Call `work(piece)` for each piece, and return when all are done."""
        waiting = deque(pieces)

        def drain() -> None:
            while True:
                try:
                    piece = waiting.popleft()
                except IndexError:
                    return
                work(piece)

        helpers = min(self._helpers, len(waiting) - 1)
        futures = [self._pool.submit(drain) for _ in range(helpers)] if self._pool else []
        try:
            drain()
        finally:
            waiting.clear()
            for future in futures:
                future.result()
