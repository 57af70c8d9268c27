"""Sends what was captured, in a thread of its own, so that the loop that captures need not wait."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from chroma_sdk._capture.piece import Piece, log_calls
from chroma_sdk._errors import ChromaError
from chroma_sdk._report import Report

# What may wait in memory to be sent; the loop waits when there is more.
MOST_WAITING_BYTES = 512 * 1024 * 1024


# Called with the layer, the place of the device among the model's devices, and the rows that the layer put out.
Receive = Callable[[str, int, Any], None]


class LogsDatapoints(Protocol):
    """A dataset of a server, or one that is being recorded."""

    def log(self, keys: Any, **arguments: Any) -> Report:
        """See `Dataset.log`."""


class Sender:
    """A queue of pieces and the thread that logs them. After the first failure it sends nothing more."""

    def __init__(self, dataset: LogsDatapoints) -> None:
        self.report = Report()
        self.problem: Exception | None = None
        self.unsent_rows = 0
        self._dataset = dataset
        self._queue: deque[tuple[Sequence[Piece], int]] = deque()
        self._waiting_bytes = 0
        self._is_closed = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="chroma-capture", daemon=True)
        self._thread.start()

    def send(self, pieces: Sequence[Piece]) -> None:
        """Queue pieces of one signature. Waits only while too much is queued already."""
        size = sum(rows.nbytes for piece in pieces for parts in piece.parts.values() for _, rows in parts)
        with self._changed:
            self._changed.wait_for(lambda: not self._queue or self._waiting_bytes + size <= MOST_WAITING_BYTES)
            self._queue.append((pieces, size))
            self._waiting_bytes += size
            self._changed.notify_all()

    def close(self) -> None:
        """Wait until everything is sent, or has failed."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        self._thread.join()

    @property
    def complaint(self) -> str:
        """Return a sentence about what was not logged."""
        return f"{self.unsent_rows:,} captured datapoints were not logged: {self.problem}"

    def _run(self) -> None:
        while (taken := self._next()) is not None:
            pieces, size = taken
            if self.problem is None:
                self.problem = self._attempt(pieces)
            if self.problem is not None:
                self.unsent_rows += sum(map(len, pieces))
            with self._changed:
                self._queue.popleft()
                self._waiting_bytes -= size
                self._changed.notify_all()

    def _next(self) -> tuple[Sequence[Piece], int] | None:
        with self._changed:
            self._changed.wait_for(lambda: bool(self._queue) or self._is_closed)
            return self._queue[0] if self._queue else None

    def _attempt(self, pieces: Sequence[Piece]) -> Exception | None:
        try:
            calls = log_calls(pieces)
            # The first call holds every fact; the others only add embeddings of the same datapoints.
            self.report += self._dataset.log(**calls[0], quiet=True)
            for call in calls[1:]:
                self._dataset.log(**call, quiet=True)
        except (ChromaError, ValueError, TypeError, RuntimeError, MemoryError) as problem:
            return problem
        return None
