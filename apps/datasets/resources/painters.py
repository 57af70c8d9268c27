"""A few processes that decode images, kept warm: what a hostile image breaks or fills is one of them, no more."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from apps.common.errors import RetryLater, UnsupportedType
from apps.datasets.resources.crops import Crop

AT_ONCE = 2
# Of one picture; the slowest that is allowed at all takes two seconds.
LONGEST_SECONDS = 20.0
CODE = Path(__file__).resolve().parents[3]
# All that the processes are told of the server's environment: no secret, no address.
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME", "PYTHONPATH")
TOO_MUCH = (
    "The image could not be drawn: it breaks its decoder, or asks for more memory or time "
    f"({LONGEST_SECONDS:g} seconds) than an image may take."
)


class Died(Exception):
    """The process ended in the middle of a picture."""

    def __init__(self, *, took_too_long: bool) -> None:
        super().__init__()
        self.took_too_long = took_too_long


class Painter:
    """One process, started when first wanted and replaced when it died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def paint(self, data: bytes, size: int, crop: Crop | None) -> bytes:
        """The picture as WebP. A process that died by itself (somebody killed it) is replaced once."""
        try:
            return self._paint(data, size, crop)
        except Died as problem:
            if problem.took_too_long:
                raise UnsupportedType(TOO_MUCH) from problem
        try:
            return self._paint(data, size, crop)
        except Died as problem:
            raise UnsupportedType(TOO_MUCH) from problem

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                # What was not sent yet has nowhere to go.
                with contextlib.suppress(OSError):
                    stream.close()
        self._process = None

    def _paint(self, data: bytes, size: int, crop: Crop | None) -> bytes:
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        place = [crop.x, crop.y, crop.width, crop.height, crop.padding] if crop else None
        took_too_long = threading.Event()
        deadline = threading.Timer(LONGEST_SECONDS, _give_up, (process, took_too_long))
        deadline.start()
        try:
            process.stdin.write(json.dumps({"bytes": len(data), "size": size, "crop": place}).encode() + b"\n")
            process.stdin.write(data)
            process.stdin.flush()
            answer: dict[str, Any] = json.loads(process.stdout.readline())
            drawn = process.stdout.read(answer.get("bytes", 0))
        except (OSError, ValueError) as problem:
            self.stop()
            raise Died(took_too_long=took_too_long.is_set()) from problem
        finally:
            deadline.cancel()
        if "refused" in answer:
            raise UnsupportedType(answer["refused"])
        return drawn

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
            paths = [str(CODE), *filter(None, [environment.get("PYTHONPATH")])]
            self._process = subprocess.Popen(
                [sys.executable, "-m", "apps.datasets.compute.picture_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment | {"PYTHONPATH": os.pathsep.join(paths)},
            )
        return self._process


class Studio:
    """The painters. Whoever finds all of them busy waits for one."""

    def __init__(self, make: Callable[[], Painter] = Painter, *, count: int = AT_ONCE) -> None:
        # The one that worked last is warm.
        self._free: queue.LifoQueue[Painter] = queue.LifoQueue()
        for _ in range(count):
            self._free.put(make())

    @contextmanager
    def painter(self) -> Iterator[Painter]:
        try:
            painter = self._free.get(timeout=LONGEST_SECONDS)
        except queue.Empty:
            raise RetryLater("The server is busy with other images; try again soon.") from None
        try:
            yield painter
        finally:
            self._free.put(painter)


studio = Studio()


def _give_up(process: subprocess.Popen[bytes], took_too_long: threading.Event) -> None:
    took_too_long.set()
    process.kill()
