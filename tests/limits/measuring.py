"""How much memory something takes at its worst, of this process and those that it started."""

from __future__ import annotations

import contextlib
import gc
import threading
from typing import Self

import psutil

MIB = 1024 * 1024
STEP = 0.002


class Growth:
    """Watches the resident memory while it is entered; `peak` is the most of it above the beginning, in MiB."""

    def __init__(self, *, at_most: float) -> None:
        self.at_most = at_most
        self.peak = 0.0

    def __enter__(self) -> Self:
        gc.collect()
        self._start = resident()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind, *problem) -> None:
        self._look()
        self._ended.set()
        self._thread.join()
        if kind is None:
            assert self.peak < self.at_most, f"{self.peak:.0f} MiB more, of {self.at_most} allowed"

    def _watch(self) -> None:
        while not self._ended.wait(STEP):
            self._look()

    def _look(self) -> None:
        self.peak = max(self.peak, (resident() - self._start) / MIB)


def resident() -> int:
    return psutil.Process().memory_info().rss


def resident_of_children() -> int:
    """The most memory that any process below this one holds."""
    sizes = [0]
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            sizes.append(child.memory_info().rss)
    return max(sizes)
