"""All open connections of the process: counted, for each address too, and looked after."""

from __future__ import annotations

import resource
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from apps.common.errors import ChromaError, RateLimited, RetryLater
from chroma_site.server.limits import RETRY_AFTER, Limits
from chroma_site.server.proxies import Network, is_trusted, parse_address

# Open files that a process wants beside its connections: database, log, bodies, static files.
OTHER_FILES = 64
MOST_FILES = 8192


class Connection(Protocol):
    transport: Any

    def look_after(self, now: float) -> None: ...


class Connections:
    def __init__(self, limits: Limits, trusted_proxies: Sequence[Network]) -> None:
        self.limits = limits
        self._trusted = trusted_proxies
        self._most = min(limits.connections, max(8, _open_files() - OTHER_FILES))
        self._open: dict[Any, Connection] = {}
        self._addresses: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Connection]:
        return iter(list(self._open.values()))

    def enter(self, connection: Connection) -> ChromaError | None:
        """Count a new connection; what is to be said where it is one too many."""
        address = self._counted(connection.transport)
        problem: ChromaError | None = None
        if len(self._open) >= self._most:
            problem = RetryLater("The server has too many connections. Try again in a moment.")
        elif address and self._addresses[address] >= self.limits.connections_an_address:
            problem = RateLimited("Your address has too many connections open.", retry_after=RETRY_AFTER)
        self._open[connection.transport] = connection
        if address:
            self._addresses[address] += 1
        return problem

    def take_over(self, connection: Connection) -> None:
        """What was an HTTP connection speaks another protocol now."""
        self._open[connection.transport] = connection

    def leave(self, transport: Any) -> None:
        if self._open.pop(transport, None) is None:
            return
        address = self._counted(transport)
        if address:
            self._addresses[address] -= 1
            if not self._addresses[address]:
                del self._addresses[address]

    def _counted(self, transport: Any) -> str:
        """The peer's address, unless it is a proxy of ours, through which everybody comes."""
        text = str(getattr(transport.getPeer(), "host", ""))
        address = parse_address(text)
        return "" if address is None or is_trusted(address, self._trusted) else str(address)


def _open_files() -> int:
    """How many files this process may have open, after asking for as many as it can get."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return wanted if soft == resource.RLIM_INFINITY else soft
