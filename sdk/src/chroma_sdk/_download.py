"""Downloads that go on after the connection was cut, in the same call or in a later one."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import httpx

from chroma_sdk._connection import ATTEMPTS, LONGEST_PAUSE, Connection
from chroma_sdk._errors import ConnectionFailed
from chroma_sdk._progress import Progress

# A compressed body could not be resumed in the middle.
AS_IT_IS = {"Accept-Encoding": "identity"}


def download(connection: Connection, address: str, target: Path, *, quiet: bool = False) -> int:
    """Download a file whose ETag is its SHA-256, and return its size.

    What has arrived lies beside the target under a name that holds the checksum, so that a later call goes on with the
    same content and with no other. The target appears only when it is whole.

    Raises
    ------
    ConnectionFailed
        The server did not come back, or what it sent is not what it promised.
    """
    head = connection.request("HEAD", address, headers=AS_IT_IS)
    checksum, size = head.headers["ETag"].strip('"'), int(head.headers["Content-Length"])
    unfinished = target.with_name(f"{target.name}.{checksum[:12]}.part")
    with Progress(target.name, size, unit="B", quiet=quiet) as progress:
        _fetch(connection, address, unfinished, checksum, size, progress)
    with unfinished.open("rb") as file:
        arrived = hashlib.file_digest(file, "sha256").hexdigest()
    if arrived != checksum:
        unfinished.unlink()
        raise ConnectionFailed(f"What arrived of {target.name} is damaged. Run it again.")
    Path(unfinished).replace(target)
    return size


def _fetch(
    connection: Connection, address: str, unfinished: Path, checksum: str, size: int, progress: Progress
) -> None:
    """Append what is missing, as often as it takes while something arrives."""
    pause, failures = 0.5, 0
    while (start := unfinished.stat().st_size if unfinished.exists() else 0) < size:
        progress.show(progress.title, start / size)
        asked = {"Range": f"bytes={start}-", "If-Range": f'"{checksum}"'} if start else {}
        try:
            with connection.stream(address, AS_IT_IS | asked) as response, unfinished.open("ab") as file:
                if start and response.status_code != httpx.codes.PARTIAL_CONTENT:
                    file.truncate(0)
                for piece in response.iter_raw():
                    file.write(piece)
                    progress.advance(len(piece))
        except httpx.TransportError as problem:
            grew = unfinished.exists() and unfinished.stat().st_size > start
            failures, pause = (1, 0.5) if grew else (failures + 1, min(pause * 2, LONGEST_PAUSE))
            if failures == ATTEMPTS:
                lost = f"The connection to {connection.url} was lost ({type(problem).__name__})."
                raise ConnectionFailed(f"{lost} Run it again: what arrived is kept.") from None
            time.sleep(pause)
