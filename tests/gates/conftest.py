from __future__ import annotations

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
    import os
    from contextlib import suppress

    found = []
    for name in os.listdir(f"/proc/{pid}/fd"):
        with suppress(OSError):
            found.append(os.readlink(f"/proc/{pid}/fd/{name}"))
    return found


def is_temporary(link: str) -> bool:
    return link.endswith("(deleted)") and "/tmp" in link
