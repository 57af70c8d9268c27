"""Layouts in the making, on their way from the compute process to its worker: one small file at a time."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MOST_ROWS = 20_000
# Seconds between two frames, of few rows and of the most; both are written to the database by the worker.
SHORTEST_PAUSE, LONGEST_PAUSE = 0.25, 0.5


def shown_rows(n: int, most: int = MOST_ROWS) -> NDArray[np.int64]:
    """Choose the rows that stand for all n, evenly and always the same.

    Returns
    -------
    ndarray of shape (min(n, most),) and dtype int64
        Rising row numbers below `n`.
    """
    count = min(n, most)
    return np.arange(count, dtype=np.int64) * n // max(1, count)


class Frames:
    """Offers the newest layout in a file; what comes while the worker has not taken the last one is dropped."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        self._next_at = 0.0

    def offer(self, positions: NDArray[np.floating]) -> bool:
        """Write the shown rows of a layout (n, 2 or more), unless it is too soon. Returns whether it was written.

        A row that is not finite has no place yet.
        """
        now = time.monotonic()
        if now < self._next_at or self.path.exists():
            return False
        rows = shown_rows(len(positions))
        self._next_at = now + SHORTEST_PAUSE + (LONGEST_PAUSE - SHORTEST_PAUSE) * len(rows) / MOST_ROWS
        # A picture on the way is worth no failure: the disk may be full, the job's folder gone.
        with contextlib.suppress(OSError):
            unfinished = self.path.with_suffix(".part")
            with unfinished.open("wb") as file:
                np.save(file, np.asarray(positions[rows, :2], dtype=np.float32), allow_pickle=False)
            unfinished.replace(self.path)
            return True
        return False


def take_frame(path: str) -> NDArray[np.float32] | None:
    """Read the offered frame and make room for the next; None where it cannot be read."""
    try:
        frame: NDArray[np.float32] = np.load(path, allow_pickle=False)
    except (OSError, ValueError):
        return None
    finally:
        Path(path).unlink(missing_ok=True)
    return frame
