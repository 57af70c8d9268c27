"""Kernels that release the interpreter's lock, run over blocks by threads while the caller's thread reports."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from types import TracebackType
from typing import Any, Self

from apps.common.compute.progress import Callback, report

SECONDS_BETWEEN_REPORTS = 0.1


def thread_count() -> int:
    """How many threads this process may use; where the system does not say, as many as there are processors."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """Threads that work on blocks of a task; the thread that owns them tells the callback how far they are.

    The blocks are given by the task, never by the number of threads, so that no result depends on it.

    Parameters
    ----------
    n_threads : int or None
        How many threads; None for as many as the process may use.
    callback : callable or None
        Called as ``callback(phase, fraction, positions)`` from the owner's thread; returning False cancels.
    """

    def __init__(self, n_threads: int | None, callback: Callback | None) -> None:
        self.n_threads = n_threads or thread_count()
        self._callback = callback
        self._pool = ThreadPoolExecutor(self.n_threads) if self.n_threads > 1 else None
        self._reported = 0.0

    def __enter__(self) -> Self:
        """Give the threads to a block of code."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Let the threads end."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def run(
        self,
        work: Callable[..., Any],
        blocks: Sequence[tuple[Any, ...]],
        phase: str,
        first: float = 0.0,
        last: float = 1.0,
    ) -> list[Any]:
        """Call `work(*block)` for each block and return the results in the order of the blocks.

        A block should take no more than about 0.3 s: a cancelled task ends when its running blocks do. The fraction
        reported runs from `first` to `last`.
        """
        if self._pool is None or len(blocks) == 1:
            return self._run_here(work, blocks, phase, first, last)
        futures: list[Future[Any]] = [self._pool.submit(work, *block) for block in blocks]
        left: set[Future[Any]] = set(futures)
        try:
            while left:
                _done, left = wait(left, timeout=SECONDS_BETWEEN_REPORTS)
                self.report(phase, last - (last - first) * len(left) / len(futures))
        finally:
            for future in left:
                future.cancel()
        return [future.result() for future in futures]

    def report(self, phase: str, fraction: float | None) -> None:
        """Tell the callback, unless it was told a moment ago."""
        now = time.monotonic()
        if now - self._reported >= SECONDS_BETWEEN_REPORTS:
            self._reported = now
            report(self._callback, phase, fraction)

    def _run_here(
        self, work: Callable[..., Any], blocks: Sequence[tuple[Any, ...]], phase: str, first: float, last: float
    ) -> list[Any]:
        results = []
        for number, block in enumerate(blocks):
            self.report(phase, first + (last - first) * number / len(blocks))
            results.append(work(*block))
        return results


def block_bounds(n: int, size: int) -> list[tuple[int, int]]:
    """Cut n rows into blocks of `size`: first row and the one after the last of each."""
    return [(start, min(start + size, n)) for start in range(0, n, size)]
