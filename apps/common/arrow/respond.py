"""Answering with an Arrow IPC stream, batch by batch."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any, TypeVar

import pyarrow as pa
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from django.utils.http import parse_etags

Answer = TypeVar("Answer", bound=HttpResponseBase)
ARROW_STREAM = "application/vnd.apache.arrow.stream"


def not_modified(request: HttpRequest, etag: str) -> HttpResponse | None:
    """The answer 304 for a browser that has this very version, else None. Ask after access was checked."""
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    if f'"{etag}"' not in asked:
        return None
    return _marked(HttpResponseNotModified(), etag)


def arrow_response(
    request: HttpRequest, schema: pa.Schema, batches: Iterable[pa.RecordBatch], *, etag: str
) -> StreamingHttpResponse:
    """Stream the batches; at most one of them is in memory. Under ASGI each is made in the request's own thread.

    The first is made at once, so that what cannot be read at all has an error for its answer and not a cut stream.
    """
    pieces = _stream(schema, batches)
    pieces = itertools.chain([next(pieces)], pieces)
    content = _in_thread(pieces) if isinstance(request, ASGIRequest) else pieces
    return _marked(StreamingHttpResponse(content, content_type=ARROW_STREAM), etag)


def _stream(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    sink = _Sink()
    with pa.ipc.new_stream(pa.PythonFile(sink, mode="w"), schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
            yield sink.take()
    yield sink.take()


async def _in_thread(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    advance = sync_to_async(lambda: next(pieces, None))
    while (piece := await advance()) is not None:
        yield piece


def _marked(response: Answer, etag: str) -> Answer:
    response.headers["ETag"] = f'"{etag}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


class _Sink:
    """A file that hands out what was written to it."""

    closed = False

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: Any) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def take(self) -> bytes:
        taken, self._parts = b"".join(self._parts), []
        return taken
