"""Refusals that are written before Django sees a request: the JSON of every other error, as bytes of HTTP."""

from __future__ import annotations

import json
import uuid
from http import HTTPStatus

from apps.common.errors import BadUserInput, ChromaError, PayloadTooLarge, Unauthenticated


class HeadTooLarge(PayloadTooLarge):
    status = 431


class TooSlow(BadUserInput):
    status = 408


def refusal(problem: ChromaError) -> tuple[str, list[tuple[bytes, bytes]], bytes]:
    """The id that the answer and the log give the request; the headers; the body."""
    request_id = uuid.uuid4().hex[:12]
    error = {"code": problem.code, "message": problem.message, "field": problem.field, "hint": problem.hint}
    body = json.dumps({"error": {**error, "requestId": request_id}}).encode()
    headers = [
        (b"Content-Type", b"application/json"),
        (b"Content-Length", str(len(body)).encode()),
        (b"Cache-Control", b"no-store"),
        (b"X-Content-Type-Options", b"nosniff"),
        (b"Content-Security-Policy", b"default-src 'none'; frame-ancestors 'none'"),
        (b"Referrer-Policy", b"same-origin"),
        (b"X-Request-Id", request_id.encode()),
    ]
    if isinstance(problem, Unauthenticated):
        headers.append((b"WWW-Authenticate", b"Bearer"))
    if problem.retry_after is not None:
        headers.append((b"Retry-After", str(problem.retry_after).encode()))
    return request_id, headers, body


def as_http(problem: ChromaError) -> tuple[str, bytes]:
    """The request's id and the whole answer, after which the connection is closed."""
    request_id, headers, body = refusal(problem)
    status = HTTPStatus(problem.status)
    head = [b"HTTP/1.1 %d %s" % (status, status.phrase.encode())]
    head += [name + b": " + value for name, value in [*headers, (b"Connection", b"close")]]
    return request_id, b"\r\n".join(head) + b"\r\n\r\n" + body
