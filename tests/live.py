"""A real server process, for tests that need sockets or the SDK."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Self
from urllib.parse import quote

CHECKOUT = Path(__file__).resolve().parent.parent
START_SECONDS = 120


class LiveServer:
    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.port = _free_port()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def websocket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/graphql"

    def command(self) -> list[str]:
        """What Python runs: the server as people run it, without its worker."""
        return ["manage.py", "runserver", "--noreload", "--no-worker", f"127.0.0.1:{self.port}"]

    def __enter__(self) -> Self:
        command = [sys.executable, *self.command()]
        self.process = subprocess.Popen(command, cwd=CHECKOUT, env=self.environment, stdout=subprocess.DEVNULL)
        self._wait()
        return self

    def __exit__(self, *exception) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "the server ended at its start"
            try:
                with urllib.request.urlopen(f"{self.url}/healthz/web", timeout=1):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        self.__exit__()
        raise AssertionError(f"the server did not answer within {START_SECONDS} s")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def database_url(database) -> str:
    """The URL of a database that Django is connected to."""
    if database["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{database['NAME']}"
    user, password = quote(database["USER"]), quote(database["PASSWORD"])
    return f"postgres://{user}:{password}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
