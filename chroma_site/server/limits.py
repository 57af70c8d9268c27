"""Every number that bounds what the network may ask of one server process; docs/hosting.md shows them."""

from __future__ import annotations

from dataclasses import dataclass

KIB, MIB = 1024, 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Seconds where nothing else is said. `an_address` counts per client, `a_user` per user."""

    # Heads of requests.
    head_seconds: float = 20
    head_bytes: int = 16 * KIB
    most_headers: int = 100
    # How long a connection is kept open for a next request.
    keep_alive: float = 60

    # Bodies. Which address takes how much is said in addresses.py.
    anonymous_body: int = 64 * KIB
    idle_seconds: float = 60
    slowest_body: int = KIB  # bytes a second on average, asked for after idle_seconds
    bodies_a_user: int = 128 * MIB  # on their way in or being worked on
    bodies: int = 1024 * MIB
    bodies_wait: float = 30

    # Answers: a client that takes nothing for so long is dropped.
    stalled_answer: float = 60
    # How long the rest of a refused body is thrown away, so that the client gets to read why.
    linger: float = 5

    # Connections, sockets included.
    connections: int = 2000
    connections_an_address: int = 400
    # Requests worked on at once. A user alone may have `running_a_user`. Where others are around, a user has one that
    # was begun less than `computing_seconds` ago beside those that take longer.
    running: int = 32
    running_a_user: int = 4
    computing_seconds: float = 0.5
    waiting_a_user: int = 128
    waiting_seconds: float = 20

    # WebSockets. Opening one is more work than most requests.
    opened_at_once: int = 300
    opened_a_second: float = 10
    message_bytes: int = 64 * KIB
    outgoing_message_bytes: int = 4 * MIB
    most_fragments: int = 64
    stalled_socket: float = 30

    # How long requests in flight may go on after SIGTERM.
    drain_seconds: float = 5
    # How often slow connections are looked for.
    sweep_seconds: float = 1


RETRY_AFTER = 1
