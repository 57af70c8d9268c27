"""The one range of a file that a request may ask for."""

from __future__ import annotations

import re

from django.http import HttpRequest

# One range is enough to resume and to skip; several at once, or in other units, are answered with the whole file.
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


def range_asked(request: HttpRequest, *, size: int, etag: str) -> tuple[int, int] | None:
    """Start and end of the range; None for the whole file. One that holds no byte of the file has its start at its end.

    `etag` is in its quotes: who resumes a file that changed since gets all of the new one.
    """
    match = RANGE.fullmatch(request.headers.get("Range", ""))
    is_same = request.headers.get("If-Range", etag) == etag
    if match is None or not is_same or match[1] == match[2] == "":
        return None
    first, last = match.groups()
    if first and last and int(last) < int(first):
        return None
    if not first:
        return max(size - int(last), 0), size
    return min(int(first), size), min(int(last) + 1, size) if last else size
