"""A private server with its worker, for benchmarks: on a data folder of its own, on a free port, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

CHECKOUT = Path(__file__).resolve().parent.parent
PASSWORD = "correct horse battery staple"  # of a server that lives as long as the benchmark

MAKE_USER = f"""
from django.contrib.auth import get_user_model
get_user_model().objects.create_user(username="USERNAME", password={PASSWORD!r})
"""


@dataclass
class Stack:
    """A running server: where it is, and what it costs."""

    url: str
    token: str
    folder: Path
    environment: dict[str, str]
    server: subprocess.Popen[bytes]

    @property
    def database(self) -> str:
        """What it is stored in."""
        return "PostgreSQL" if "DATABASE_URL" in self.environment else "SQLite"

    def cpu_seconds(self) -> float:
        """CPU time of the server, its worker, and PostgreSQL where there is one."""
        return sum(_cpu_seconds(process) for process in [*self._family(), *_postgres_processes(self.environment)])

    def memory(self) -> int:
        """Bytes that the serving process holds in memory (the worker apart)."""
        return int(psutil.Process(self.server.pid).memory_info().rss)

    def database_bytes(self) -> int:
        """Size of the database."""
        if self.database == "SQLite":
            return sum(path.stat().st_size for path in self.folder.glob("chroma.sqlite3*"))
        return int(
            self.run_python(
                "from django.db import connection as c\nwith c.cursor() as q:\n"
                "    q.execute('SELECT pg_database_size(current_database())'); print(q.fetchone()[0])"
            )
        )

    def file_bytes(self) -> int:
        """Size of the files."""
        return sum(path.stat().st_size for path in (self.folder / "files").rglob("*") if path.is_file())

    def run_python(self, code: str) -> str:
        """Run a piece of Python with Django set up and return what it printed."""
        return manage(self.environment, "shell", "--verbosity", "0", "-c", code)

    def make_user(self, username: str) -> None:
        """Make somebody who can sign in with PASSWORD."""
        self.run_python(MAKE_USER.replace("USERNAME", username))

    def _family(self) -> list[psutil.Process]:
        parent = psutil.Process(self.server.pid)
        return [parent, *parent.children(recursive=True)]


@contextlib.contextmanager
def running_stack(*options: str) -> Iterator[Stack]:
    """Start a server, give a token of its user `bench`, and remove everything afterwards.

    `--no-worker` leaves out the worker, which compiles numeric code for a while after its start.
    """
    folder = Path(tempfile.mkdtemp(prefix="chroma-bench-"))
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CHROMA_", "DATABASE_"))}
    environment["CHROMA_DATA_DIR"] = str(folder)
    if database_url := os.environ.get("CHROMA_TEST_DATABASE_URL"):
        environment["DATABASE_URL"] = database_url
    port = _free_port()
    manage(environment, "migrate", "--noinput", "--verbosity", "0")
    command = [sys.executable, str(CHECKOUT / "manage.py"), "runserver", "--noreload", *options, f"127.0.0.1:{port}"]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=log, stderr=log)
    stack = Stack(f"http://127.0.0.1:{port}", "", folder, environment, server)
    try:
        _wait_until_it_answers(stack)
        stack.make_user("bench")
        stack.token = manage(environment, "create_token", "bench").strip()
        yield stack
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder)


def manage(environment: dict[str, str], *arguments: str) -> str:
    """Run a management command and return what it printed."""
    command = [sys.executable, str(CHECKOUT / "manage.py"), *arguments]
    return subprocess.run(command, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


def own_cpu_seconds() -> float:
    """CPU time of this process: what the client costs."""
    return _cpu_seconds(psutil.Process())


def _cpu_seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    # A process that ended and was waited for counts with its parent.
    return float(times.user + times.system + times.children_user + times.children_system)


def _postgres_processes(environment: dict[str, str]) -> list[psutil.Process]:
    """Return the processes of the PostgreSQL server that listens on our port."""
    if "DATABASE_URL" not in environment:
        return []
    port = environment["DATABASE_URL"].rsplit(":", 1)[1].split("/")[0]
    masters = [
        process
        for process in psutil.process_iter(["name", "cmdline"])
        if process.info["name"] == "postgres" and f"port={port}" in process.info["cmdline"]
    ]
    return [process for master in masters for process in [master, *master.children()]]


def _wait_until_it_answers(stack: Stack) -> None:
    for _ in range(300):
        if stack.server.poll() is not None:
            break
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{stack.url}/healthz/web").is_success:
                return
        time.sleep(0.2)
    sys.exit((stack.folder / "server.log").read_text())


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
