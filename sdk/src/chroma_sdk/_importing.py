"""Sends a file to be imported, in chunks; one that was cut off goes on where it was."""

from __future__ import annotations

import hashlib
import uuid
from pathlib import Path
from typing import Any

from chroma_sdk._documents.imports import IMPORT
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._home import Home
from chroma_sdk._import import Import
from chroma_sdk._progress import Progress
from chroma_sdk._upload import CHUNK_BYTES

LARGEST_FILE = 4 * 1024**3
# What comes after it: the file was used, so the same file again is an import of its own.
OVER = ("RUNNING", "DONE", "FAILED")


def send_file(home: Home, path: Path, *, quiet: bool) -> Import:
    """Upload a file, unless the server has it already from a call that was cut off, and have it looked at."""
    size = _checked_size(path)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    declared = {"file_name": path.name, "byte_count": size, "chunk_bytes": CHUNK_BYTES, "sha256": sha256}
    address = f"/bulk/v1/projects/{home.project_id}/imports"
    answer = home.connection.request("POST", address, json={"key": sha256, **declared}).json()
    if _state(home, answer["id"]) in OVER:
        again = {"key": f"{sha256}-{uuid.uuid4().hex[:16]}", **declared}
        answer = home.connection.request("POST", address, json=again).json()
    _send_chunks(home, path, answer, size, quiet)
    home.connection.request("POST", f"/bulk/v1/imports/{answer['id']}/complete")
    return Import(home, home.connection.graphql(IMPORT, {"id": answer["id"]})["import"])


def _checked_size(path: Path) -> int:
    if not path.is_file():
        raise InvalidArgument("path", f"there is no file {str(path)!r}.")
    size = path.stat().st_size
    if not 0 < size <= LARGEST_FILE:
        raise InvalidArgument("path", f"{path} has {size:,} bytes; 1 to {LARGEST_FILE:,} are allowed.")
    return size


def _send_chunks(home: Home, path: Path, answer: Any, size: int, quiet: bool) -> None:
    missing = answer["missing_chunks"]
    with Progress(path.name, size, unit="B", quiet=quiet) as progress, path.open("rb") as file:
        progress.advance(max(size - len(missing) * CHUNK_BYTES, 0))
        for number in missing:
            file.seek(number * CHUNK_BYTES)
            chunk = file.read(CHUNK_BYTES)
            home.connection.request(
                "PUT",
                f"/bulk/v1/imports/{answer['id']}/chunks/{number}",
                content=chunk,
                headers={"X-Chroma-Sha256": hashlib.sha256(chunk).hexdigest()},
            )
            progress.advance(len(chunk))


def _state(home: Home, id: str) -> str:
    return str(home.connection.graphql(IMPORT, {"id": id})["import"]["state"])
