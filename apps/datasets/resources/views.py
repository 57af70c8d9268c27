"""Resources over HTTP: the bytes as they are, and small pictures of them."""

from __future__ import annotations

from contextlib import closing
from urllib.parse import quote

from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from apps.common.errors import BadUserInput
from apps.common.http import ApiRequest, api_view
from apps.datasets import models
from apps.datasets.resources import thumbnails
from apps.datasets.resources.content import Content, open_content
from apps.datasets.resources.sniff import HEAD_BYTES, IMAGE_TYPES, UNKNOWN_TYPE, media_type_of
from apps.projects import access

# What somebody uploaded can do nothing in a browser but be looked at.
GUARDS = {
    "Cache-Control": "private, max-age=600",
    "Vary": "Cookie, Authorization",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@api_view(methods={"GET", "HEAD"})
def resource(request: ApiRequest, id: int) -> HttpResponse:
    with closing(open_content(access.get(request.actor, models.Resource, id))) as content:
        etag = f'"{content.etag}"'
        return _unchanged(request, etag) or _whole(content, etag)


@api_view(methods={"GET", "HEAD"})
def resource_thumbnail(request: ApiRequest, id: int) -> HttpResponse:
    size = _size(request.GET.get("size", str(thumbnails.DEFAULT)))
    with closing(open_content(access.get(request.actor, models.Resource, id))) as content:
        etag = f'"{content.etag}-{size}"'
        return _unchanged(request, etag) or _guarded(
            HttpResponse(thumbnails.thumbnail(content, size), content_type=thumbnails.MEDIA_TYPE), etag
        )


def _whole(content: Content, etag: str) -> HttpResponse:
    """Images are shown, anything else is a download whose type no browser acts on."""
    data = content.read()
    found = media_type_of(data[:HEAD_BYTES])
    is_image = found in IMAGE_TYPES
    response = HttpResponse(data, content_type=found if is_image else UNKNOWN_TYPE)
    name = quote(content.resource.text.rpartition("/")[2][:200] or "resource", safe="")
    response.headers["Content-Disposition"] = f"{'inline' if is_image else 'attachment'}; filename*=UTF-8''{name}"
    return _guarded(response, etag)


def _unchanged(request: ApiRequest, etag: str) -> HttpResponse | None:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return _guarded(HttpResponseNotModified(), etag) if etag in known or "*" in known else None


def _guarded(response: HttpResponse, etag: str) -> HttpResponse:
    for name, value in GUARDS.items():
        response.headers[name] = value
    response.headers["ETag"] = etag
    return response


def _size(text: str) -> int:
    size = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
    if not thumbnails.SMALLEST <= size <= thumbnails.LARGEST:
        raise BadUserInput(f"size must be a whole number {thumbnails.SMALLEST} … {thumbnails.LARGEST}.", field="size")
    return size
