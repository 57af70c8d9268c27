"""The worker's side of its warm compute process."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from django.conf import settings
from numpy.typing import NDArray

from apps.common.compute.progress import Counted
from apps.jobs.compute.frames import take_frame
from apps.jobs.compute.lines import receive, send
from apps.jobs.scratch import Scratch

TICK = 0.2
# How long a cancelled function may take to notice; then its process is killed and replaced by a cold one.
GRACE = 0.5
CODE = Path(__file__).resolve().parents[2]


OnProgress = Callable[[str, float | None], None]
OnFrame = Callable[[str, float | None, NDArray[np.float32]], None]


class CalculatorRefused(Exception):
    """The function cannot do this with these arrays; the message is for the person who asked."""


class CalculatorDied(Exception):
    """The process ended in the middle of a call."""


class Calculator:
    """One process that computes, started when first wanted and replaced when it was killed or died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[dict[str, Any] | None] = queue.Queue()

    def start(self, *, warms_up: bool = False) -> None:
        """Start the process unless it runs, from a thread that lives as long as the worker: it dies with that.

        One that warms up compiles what it will need while it has no work.
        """
        if self._process is not None and self._process.poll() is None:
            return
        self._answers = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "apps.jobs.compute.process", *(["--warm-up"] if warms_up else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=child_environment() | {"NUMBA_CACHE_DIR": _numba_cache()},
        )
        threading.Thread(target=_listen, args=(self._process, self._answers), daemon=True).start()

    def stop(self) -> None:
        """Kill the process; the next call gets a new one."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
            self._process = None

    def call(
        self,
        function: str,
        arrays: Sequence[Any],
        arguments: dict[str, Any],
        *,
        named: dict[str, Any] | None = None,
        scratch: Scratch,
        on_progress: OnProgress,
        on_tick: Callable[[], bool | None],
        on_frame: OnFrame | None = None,
        on_stopped: OnProgress | None = None,
    ) -> Any:
        """Call a function and wait for its result. What these functions raise cancels the call.

        `on_tick` gives True where a layout should end and be kept, `on_stopped` hears how far it had come then;
        `on_frame` is shown layouts in the making: the positions of `shown_rows`.
        """
        self.start()
        self._send(
            {
                "call": function,
                "arrays": [str(scratch.path_of(array)) for array in arrays],
                "named": {name: str(scratch.path_of(array)) for name, array in (named or {}).items()},
                "arguments": arguments,
                "result": str(scratch.new_path()),
                "frames": None if on_frame is None else str(scratch.new_path()),
            }
        )
        try:
            answer = self._wait(on_progress, on_tick, on_frame)
        except BaseException:
            self._cancel()
            raise
        if "refused" in answer:
            raise CalculatorRefused(answer["refused"])
        if "failed" in answer:
            raise RuntimeError(f"{function} failed in the compute process:\n{answer['failed']}")
        if answer.get("stopped") and on_stopped is not None:
            on_stopped(*_progress(answer["stopped"]))
        return _read(answer["done"])

    def _wait(
        self, on_progress: OnProgress, on_tick: Callable[[], bool | None], on_frame: OnFrame | None
    ) -> dict[str, Any]:
        is_asked_to_stop = False
        while True:
            if on_tick() and not is_asked_to_stop:
                is_asked_to_stop = True
                self._send({"stop": True})
            self._check_memory()
            try:
                answer = self._answers.get(timeout=TICK)
            except queue.Empty:
                continue
            if answer is None:
                raise self._death()
            if "progress" not in answer:
                return answer
            on_progress(*_progress(answer))
            if on_frame is not None and "frame" in answer and (frame := take_frame(answer["frame"])) is not None:
                on_frame(*_progress(answer), frame)

    def _cancel(self) -> None:
        """Ask the function to stop; kill its process where it does not answer in time."""
        if self._process is None:
            return
        try:
            self._send({"cancel": True})
        except CalculatorDied:
            return
        deadline = time.monotonic() + GRACE
        with contextlib.suppress(queue.Empty):
            while (left := deadline - time.monotonic()) > 0:
                answer = self._answers.get(timeout=left)
                if answer is None or "progress" not in answer:
                    return
        self.stop()

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            send(self._process.stdin, message)
        except OSError as problem:
            raise self._death() from problem

    def _death(self) -> CalculatorDied:
        assert self._process is not None
        code = self._process.wait()
        self.stop()
        return CalculatorDied(f"the computation's process ended by itself (exit status {code}).")

    def _check_memory(self) -> None:
        assert self._process is not None
        limit = settings.CHROMA_JOB_MEMORY
        try:
            used = psutil.Process(self._process.pid).memory_info().rss
        except psutil.NoSuchProcess:
            return
        if used > limit:
            self.stop()
            raise CalculatorRefused(
                f"The computation was stopped: it needed more than {limit / 2**30:.1f} GiB of memory, the limit of "
                "this worker. Use fewer datapoints, or let the operator raise CHROMA_JOB_MEMORY."
            )


def _progress(answer: dict[str, Any]) -> tuple[str, float | None]:
    phase, fraction = answer["progress"]
    return phase, Counted(*answer["count"]) if "count" in answer else fraction


def _read(result: Any) -> Any:
    """The result with its arrays instead of their files."""
    if isinstance(result, dict):
        if set(result) == {"array"}:
            return np.load(result["array"], allow_pickle=False)
        return {name: _read(value) for name, value in result.items()}
    return result


def child_environment() -> dict[str, str]:
    """The environment for processes that run our code, wherever this one was started."""
    paths = [str(CODE), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "CHROMA_DATA_DIR": str(settings.CHROMA_DATA_DIR)}


def _numba_cache() -> str:
    return os.environ.get("NUMBA_CACHE_DIR") or str(Path(settings.CHROMA_DATA_DIR) / "numba")


def _listen(process: subprocess.Popen[str], answers: queue.Queue[dict[str, Any] | None]) -> None:
    assert process.stdout is not None
    with contextlib.suppress(ValueError, OSError):
        while (answer := receive(process.stdout)) is not None:
            answers.put(answer)
    answers.put(None)


calculator = Calculator()
