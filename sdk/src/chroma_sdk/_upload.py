"""Sends a batch in upload sessions, each of which the server takes whole or not at all.

A session is named by a hash of its content, so one that was cut off is found again and only what is missing is sent.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chroma_sdk._batch import Batch
from chroma_sdk._connection import Connection
from chroma_sdk._errors import Conflict, ServerError
from chroma_sdk._files import FileStore
from chroma_sdk._origin import Origin
from chroma_sdk._progress import Progress
from chroma_sdk._report import Report
from chroma_sdk._stream import rows_per_session, session_stream

CHUNK_BYTES = 8 * 1024 * 1024


def upload(
    connection: Connection,
    *,
    project_id: str,
    dataset_id: str,
    batch: Batch,
    origin: Origin,
    progress: Progress,
    spans: Sequence[tuple[int, int]] | None = None,
    objects: Mapping[str, str] | None = None,
) -> Report:
    """Log the whole batch, session by session.

    `spans` says which rows make a session, where that matters; `objects` is declared of objects alone: their source and
    how their boxes are written.
    """
    store = FileStore(connection, project_id)
    report = Report()
    for start, stop in _spans(batch) if spans is None else spans:
        digests = None
        if batch.files is not None:
            digests = store.upload(batch.files[start:stop], batch.keys.slice(start, stop - start).to_pylist())
        content = session_stream(batch, start, stop, digests)
        declared = {**_declaration(batch, origin, stop - start, content), **(objects or {})}
        try:
            report += _run_session(connection, dataset_id, declared, content)
        except ServerError as problem:
            if stop - start < len(batch):
                problem.add_note(f"Rows count from 0 within a session; this one held rows {start:,} to {stop - 1:,}.")
            raise
        progress.advance(stop - start)
    return report


def _spans(batch: Batch) -> Iterator[tuple[int, int]]:
    step = rows_per_session(batch)
    for start in range(0, len(batch), step):
        yield start, min(start + step, len(batch))


def _declaration(batch: Batch, origin: Origin, row_count: int, content: bytes) -> dict[str, Any]:
    return {
        "row_count": row_count,
        "byte_count": len(content),
        "chunk_bytes": CHUNK_BYTES,
        "dimension": batch.dimension,
        "sha256": hashlib.sha256(content).hexdigest(),
        "model": origin.model,
        "version": origin.version,
        "layer": origin.layer,
        "classes": batch.classes,
    }


def _run_session(connection: Connection, dataset_id: str, declared: dict[str, Any], content: bytes) -> Report:
    session = _open_session(connection, dataset_id, declared)
    try:
        return _complete(connection, session, content)
    except Conflict:
        # The server lost a chunk after it had taken it: it says which are missing now.
        session = connection.request("GET", f"/bulk/v1/uploads/{session['id']}").json()
        if not session["missing_chunks"]:
            raise
        return _complete(connection, session, content)


def _complete(connection: Connection, session: Any, content: bytes) -> Report:
    missing = set(session["missing_chunks"])
    for number, chunk in _chunks(content):
        if number in missing:
            connection.request(
                "PUT",
                f"/bulk/v1/uploads/{session['id']}/chunks/{number}",
                content=chunk,
                headers={"X-Chroma-Sha256": hashlib.sha256(chunk).hexdigest()},
            )
    return Report.of(connection.request("POST", f"/bulk/v1/uploads/{session['id']}/commit").json()["report"])


def _open_session(connection: Connection, dataset_id: str, declared: dict[str, Any]) -> Any:
    """Declare the session, or find the one that was cut off.

    One that was committed is over: the same rows may have changed since, so logging them again is a session of its own.
    """
    path = f"/bulk/v1/datasets/{dataset_id}/uploads"
    key = hashlib.sha256(json.dumps(declared, sort_keys=True).encode()).hexdigest()
    session = connection.request("POST", path, json={"key": key, **declared}).json()
    if session["state"].lower() == "open":
        return session
    return connection.request("POST", path, json={"key": f"{key}-{uuid.uuid4().hex}", **declared}).json()


def _chunks(content: bytes) -> Iterator[tuple[int, bytes]]:
    for number, start in enumerate(range(0, len(content), CHUNK_BYTES)):
        yield number, content[start : start + CHUNK_BYTES]
