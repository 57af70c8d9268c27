from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.live import LiveServer


class SmallServer(LiveServer):
    def command(self) -> list[str]:
        return ["-m", "tests.gates.small_server", str(self.port)]


@pytest.fixture(scope="session")
def _small(_process_environment):
    with SmallServer(_process_environment | {"DJANGO_SETTINGS_MODULE": "chroma_site.settings"}) as server:
        yield server


@pytest.fixture
def small(_small, transactional_db) -> LiveServer:
    """A real server with limits so small that tests reach them soon."""
    return _small


@pytest.fixture
def usage():
    """usage(server) -> what the process uses now."""
    return Usage


class Usage:
    def __init__(self, server) -> None:
        process = psutil.Process(server.process.pid)
        self.written = process.io_counters().write_bytes
        self.memory = process.memory_info().rss
        self.files = process.num_fds()
        self.temporary = sum(is_temporary(link) for link in links_of(process.pid))


def links_of(pid: int) -> list[str]:
    found = []
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            found.append(str(link.readlink()))
    return found


def is_temporary(link: str) -> bool:
    """A file without a name, as bodies have while they come."""
    return link.startswith(tempfile.gettempdir()) and link.endswith("(deleted)")
