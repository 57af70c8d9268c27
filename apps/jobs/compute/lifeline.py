"""Processes that end with the process that started them, however that ends."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def die_with_parent(how: signal.Signals = signal.SIGKILL) -> None:
    """Ask Linux to send this process a signal when its parent is gone. Elsewhere `on_end_of_input` does that work."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, how)


def on_end_of_input(act: Callable[[], None]) -> None:
    """Call `act` when standard input ends: the parent holds its other end and never writes to it."""

    def wait() -> None:
        # Not through sys.stdin: a lock held in this thread would stay locked in forked processes.
        while os.read(0, 1024):
            pass
        act()

    threading.Thread(target=wait, name="lifeline", daemon=True).start()
