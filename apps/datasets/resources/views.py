"""Resources over HTTP: the bytes as they are, and small pictures of them."""

from __future__ import annotations

import math
import re
from contextlib import closing
from urllib.parse import quote

from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from apps.common.errors import BadUserInput
from apps.common.http import ApiRequest, api_view
from apps.common.ranges import range_asked
from apps.datasets import models
from apps.datasets.resources import thumbnails
from apps.datasets.resources.content import Content, open_content
from apps.datasets.resources.crops import AROUND_OBJECTS, MOST_PADDING, Crop
from apps.datasets.resources.sniff import HEAD_BYTES, IMAGE_TYPES, UNKNOWN_TYPE, media_type_of
from apps.projects import access

PLAIN_NUMBER = re.compile(r"[0-9]{0,3}\.?[0-9]{1,20}(e-[0-9]{1,2})?")
# What rounding may add to a region that ends at the edge.
OVERSHOOT = 0.001
# What somebody uploaded can do nothing in a browser but be looked at.
GUARDS = {
    "Cache-Control": "private, max-age=600",
    "Vary": "Cookie, Authorization",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@api_view(methods={"GET", "HEAD"})
def resource(request: ApiRequest, id: int) -> HttpResponse:
    with closing(open_content(access.get(request.actor, models.Resource, id))) as content:
        etag = f'"{content.etag}"'
        return _unchanged(request, etag) or _bytes_of(request, content, etag)


@api_view(methods={"GET", "HEAD"})
def resource_thumbnail(request: ApiRequest, id: int) -> HttpResponse:
    size = _size(request.GET.get("size", str(thumbnails.DEFAULT)))
    crop = _crop(request.GET.get("region"), request.GET.get("padding"))
    with closing(open_content(access.get(request.actor, models.Resource, id))) as content:
        etag = f'"{content.etag}-{size}{f"-{crop.name}-{crop.padding:g}" if crop else ""}"'
        return _unchanged(request, etag) or _guarded(
            HttpResponse(thumbnails.thumbnail(content, size, crop), content_type=thumbnails.MEDIA_TYPE), etag
        )


def _bytes_of(request: ApiRequest, content: Content, etag: str) -> HttpResponse:
    """The whole, or the one range that is asked for. Images are shown, anything else is a download of no type."""
    asked = range_asked(request, size=content.size, etag=etag)
    start, end = asked or (0, content.size)
    data = content.read(start, end)
    if asked and not data:
        response = HttpResponse(status=416)
        response.headers["Content-Range"] = f"bytes */{content.size}"
        return _guarded(response, etag)
    found = media_type_of(content.read(0, min(HEAD_BYTES, content.size)) if asked else data[:HEAD_BYTES])
    is_image = found in IMAGE_TYPES
    response = HttpResponse(data, content_type=found if is_image else UNKNOWN_TYPE, status=206 if asked else 200)
    if asked:
        response.headers["Content-Range"] = f"bytes {start}-{start + len(data) - 1}/{content.size}"
    response.headers["Accept-Ranges"] = "bytes"
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


def _crop(region: str | None, padding: str | None) -> Crop | None:
    """The part of the image that is asked for; None for all of it."""
    if region is None:
        if padding is not None:
            raise BadUserInput("padding belongs to a region; give region too.", field="region")
        return None
    values = [_number(text) for text in region[:200].split(",")]
    x, y, width, height = values if len(values) == 4 else [math.nan] * 4
    if not (0 <= x < 1 and 0 <= y < 1 and 0 < width <= 1 - x + OVERSHOOT and 0 < height <= 1 - y + OVERSHOOT):
        raise BadUserInput(
            "region must be x,y,width,height, each a share of the image, 0 … 1, and lie inside it.", field="region"
        )
    around = AROUND_OBJECTS if padding is None else _number(padding)
    if not 0 <= around <= MOST_PADDING:
        raise BadUserInput(f"padding must be a number 0 … {MOST_PADDING:g}.", field="padding")
    return Crop.of((x, y, width, height), around)


def _number(text: str) -> float:
    """A plain decimal number; NaN, which is in no range, for anything else."""
    return float(text) if PLAIN_NUMBER.fullmatch(text) else math.nan
