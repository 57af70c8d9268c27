"""The compute process: keeps numpy, umap and numba's compiled code warm and calls array functions by name.

Started as `python -m apps.jobs.compute.process [--warm-up]`; it knows no Django and no database.
"""

from __future__ import annotations

import contextlib
import errno
import os
import queue
import sys
import threading
import traceback
from importlib import import_module
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.progress import Counted, Wish
from apps.jobs.compute.frames import Frames
from apps.jobs.compute.lifeline import die_with_parent
from apps.jobs.compute.lines import CALLABLE, receive, send

IDLE = 5.0  # seconds until a process without work compiles what it will need
FULL_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
SHORTEST_STEP = 0.002  # of a phase; finer progress is not sent
LAYOUT = "Optimising the layout"


class Process:
    """Answers one call after the other; a thread listens for cancellations meanwhile."""

    def __init__(self, incoming: IO[str], outgoing: IO[str]) -> None:
        self.incoming = incoming
        self.outgoing = outgoing
        self.calls: queue.Queue[dict[str, Any]] = queue.Queue()
        self.cancelled = threading.Event()
        self.stopped = threading.Event()
        self.last_progress: tuple[str, float] = ("", -1.0)
        self.frames: Frames | None = None
        # What a layout reported when it was asked to end.
        self.stopped_at: dict[str, Any] | None = None

    def serve(self, *, warms_up: bool) -> None:
        """Serve until the worker closes its end, or is gone."""
        threading.Thread(target=self._listen, daemon=True).start()
        call = self._first_call() if warms_up else self.calls.get()
        while True:
            send(self.outgoing, self._answer(call))
            call = self.calls.get()

    def callback(self, phase: str, fraction: float | None, positions: Any = None) -> bool | Wish:
        """Report progress; False tells the function to stop, STOP_HERE to keep what it has."""
        if self.cancelled.is_set():
            return False
        news = _progress(phase, fraction)
        has_frame = self.frames is not None and positions is not None and self.frames.offer(positions)
        if has_frame and self.frames is not None:
            news["frame"] = str(self.frames.path)
        if has_frame or self._is_new(phase, fraction):
            self.last_progress = (phase, -1.0 if fraction is None else fraction)
            send(self.outgoing, news)
        if not self.stopped.is_set():
            return True
        if self.stopped_at is None and (positions is not None or phase == LAYOUT):
            self.stopped_at = _progress(phase, fraction)
        return Wish.STOP_HERE

    def _is_new(self, phase: str, fraction: float | None) -> bool:
        last_phase, last_fraction = self.last_progress
        return phase != last_phase or fraction is None or not 0 <= fraction - last_fraction < SHORTEST_STEP

    def _first_call(self) -> dict[str, Any]:
        """Wait for the first call; where it lets us wait for long, a thread warms up meanwhile."""
        with contextlib.suppress(queue.Empty):
            return self.calls.get(timeout=IDLE)
        threading.Thread(target=self._warm_up, daemon=True).start()
        return self.calls.get()

    def _listen(self) -> None:
        while (message := receive(self.incoming)) is not None:
            if "call" in message:
                self.cancelled.clear()
                self.stopped.clear()
                self.calls.put(message)
            elif "stop" in message:
                self.stopped.set()
            else:
                self.cancelled.set()
        os._exit(0)

    def _answer(self, call: dict[str, Any]) -> dict[str, Any]:
        self.last_progress = ("", -1.0)
        self.frames = Frames(call["frames"]) if call.get("frames") else None
        self.stopped_at = None
        try:
            if not CALLABLE.fullmatch(call["call"]):
                raise ValueError(f"{call['call']} is no array function.")
            module, _, name = call["call"].partition(":")
            function = getattr(import_module(module), name)
            arrays = [_opened(path) for path in call["arrays"]]
            named = {name: _opened(path) for name, path in call["named"].items()}
            result = function(*arrays, **named, **call["arguments"], callback=self.callback)
            return {"done": _written(result, call["result"]), "stopped": self.stopped_at}
        except Exception as problem:  # noqa: BLE001 - the worker decides what it means
            return self._excuse(problem)

    def _excuse(self, problem: Exception) -> dict[str, Any]:
        if self.cancelled.is_set():
            return {"refused": "Cancelled."}
        if isinstance(problem, ValueError):
            return {"refused": str(problem)}
        if isinstance(problem, OSError) and problem.errno in FULL_DISK:
            return {"refused": "The server's disk is full; nothing more can be stored. Tell its administrator."}
        if isinstance(problem, MemoryError):
            return {"refused": "The computation needs more memory than this machine has free."}
        return {"failed": traceback.format_exc()}

    def _warm_up(self) -> None:
        """Compile what most calls need before the first one comes; calls of other methods do not wait for it."""
        try:
            import_module("apps.projections.compute.umap").warm_up()
        except Exception:  # noqa: BLE001 - a call that needs it will say so again
            traceback.print_exc()


def _progress(phase: str, fraction: float | None) -> dict[str, Any]:
    counted = {"count": [fraction.done, fraction.total]} if isinstance(fraction, Counted) else {}
    return {"progress": [phase, fraction], **counted}


def _opened(path: str) -> NDArray[Any]:
    array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    return array


def _written(result: Any, path: str) -> Any:
    """Put the arrays of a result into files: it is an array, or a dictionary some of whose values are arrays."""
    if isinstance(result, np.ndarray):
        np.save(path, result, allow_pickle=False)
        return {"array": path}
    if isinstance(result, dict):
        return {name: _written(value, path.replace(".npy", f".{name}.npy")) for name, value in result.items()}
    return result


def main() -> None:
    """Talk over the standard streams, out of reach of libraries that print."""
    die_with_parent()
    incoming = os.fdopen(os.dup(0), "r", encoding="utf-8")
    outgoing = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    Process(incoming, outgoing).serve(warms_up="--warm-up" in sys.argv)


if __name__ == "__main__":
    main()
