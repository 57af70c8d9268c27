"""Sending an export's file: whole or, for who resumes a download, a range of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from urllib.parse import quote
from uuid import UUID

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from apps.common.arrow import not_modified
from apps.common.errors import Conflict, NotFound
from apps.common.http import ApiRequest, api_view
from apps.common.ranges import range_asked
from apps.curation.exports.addresses import is_ready
from apps.curation.models import Export, ExportFormat
from apps.projects import access
from apps.storage.files import iter_range

MEDIA_TYPES = {
    ExportFormat.PARQUET: "application/vnd.apache.parquet",
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.JSONL: "application/x-ndjson",
    ExportFormat.COCO: "application/json",
    ExportFormat.KEYS: "text/plain; charset=utf-8",
}


@api_view(methods={"GET", "HEAD"})
def content(request: ApiRequest, id: UUID) -> HttpResponseBase:
    """The file. Its checksum is its ETag, so that whoever resumes gets the rest of the same bytes or all of the new."""
    export = access.get(request.actor, Export, id)
    if export.expires_at <= timezone.now():
        raise NotFound("This export has expired; export again.")
    if not is_ready(export):
        raise Conflict("This export is not done yet; look at its job.")
    if (unchanged := not_modified(request, export.sha256)) is not None:
        return unchanged
    asked = range_asked(request, size=export.size, etag=f'"{export.sha256}"')
    start, end = asked or (0, export.size)
    if asked and start >= end:
        return _marked(HttpResponse(status=416), export, **{"Content-Range": f"bytes */{export.size}"})
    status = 206 if asked else 200
    headers = {"Content-Range": f"bytes {start}-{end - 1}/{export.size}"} if asked else {}
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse(status=status)
    else:
        pieces = iter_range(export, start, end)
        body = _in_thread(pieces) if isinstance(request, ASGIRequest) else pieces
        response = StreamingHttpResponse(body, status=status)
    return _marked(response, export, **{"Content-Length": str(end - start)}, **headers)


def _marked(response: HttpResponseBase, export: Export, **headers: str) -> HttpResponseBase:
    """A download and nothing else: no browser shows or runs what somebody logged."""
    fixed = {
        "Content-Type": MEDIA_TYPES[ExportFormat(export.format)],
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(export.file_name, safe='')}",
        "ETag": f'"{export.sha256}"',
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    for field, value in (fixed | headers).items():
        response.headers[field] = value
    return response


async def _in_thread(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Each piece is read in the request's own thread, so that the server goes on with others meanwhile."""
    advance = sync_to_async(lambda: next(pieces, None))
    while (piece := await advance()) is not None:
        yield piece
