"""HTTP as bytes: what no client library would send."""

from __future__ import annotations

import json
import re
import socket
import time
from contextlib import closing, suppress
from dataclasses import dataclass


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def code(self) -> str:
        return json.loads(self.body)["error"]["code"]


def connect(server, *, source: str = "127.0.0.1", receive_buffer: int | None = None) -> socket.socket:
    """A connection to the server, from one of the addresses of this machine."""
    connection = socket.socket()
    if receive_buffer is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    connection.settimeout(15)
    connection.bind((source, 0))
    connection.connect(("127.0.0.1", server.port))
    return connection


def head(method: str, path: str, *lines: str, host: str = "127.0.0.1") -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", f"Host: {host}", *lines, "", ""]).encode("latin-1")


def read(connection: socket.socket) -> bytes:
    """Everything until the server closes, or says nothing for a while."""
    received = b""
    with suppress(TimeoutError, ConnectionError):
        while chunk := connection.recv(65536):
            received += chunk
    return received


def parse(received: bytes) -> Answer:
    """The first answer."""
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return Answer(int(first.split(" ")[1]), headers, body[: int(headers.get("content-length", len(body)))])


def ask(server, *parts: bytes, source: str = "127.0.0.1", wait: float = 15) -> Answer:
    """Send the parts and read the first answer."""
    with closing(connect(server, source=source)) as connection:
        connection.settimeout(wait)
        with suppress(ConnectionError):
            for part in parts:
                connection.sendall(part)
        return parse(read(connection))


def seconds_until_closed(connection: socket.socket) -> float:
    started = time.monotonic()
    read(connection)
    return time.monotonic() - started


def statuses(received: bytes) -> list[int]:
    """The statuses of all answers that came one after the other."""
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", received)]
