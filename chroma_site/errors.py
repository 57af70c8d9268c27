"""What Django says where no view of ours answers: JSON for the API, a sentence for people; never what broke inside."""

from __future__ import annotations

import logging
import sys

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from apps.common.errors import BadRequest, ChromaError, Forbidden, NotFound, PayloadTooLarge, Unauthenticated
from apps.common.http import error_response
from apps.common.outages import expected_failure, outage

API = ("/graphql", "/bulk/", "/resources/", "/auth/", "/healthz")
logger = logging.getLogger("chroma.request")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _answer(request, PayloadTooLarge("The request is too large."))
    if isinstance(exception, SessionInterrupted):
        return _answer(request, _why_session_was_not_saved(exception))
    return _answer(request, BadRequest("This request is malformed."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, Forbidden("You may not do this."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, NotFound("There is nothing at this address."))


def broken(request: HttpRequest) -> HttpResponse:
    """Whatever else was raised, by a view or around it: sessions and sign-in need the database for every request."""
    problem = sys.exception()
    expected = expected_failure(problem) if problem else None
    if expected is not None:
        return _answer(request, expected)
    request_id = getattr(request, "request_id", "")
    # Django has logged the failure itself just before.
    logger.error("request %s failed: %s %s", request_id, request.method, request.path)
    return _answer(request, ChromaError(f"Something went wrong; tell the administrator the request id {request_id}."))


def _why_session_was_not_saved(problem: BaseException) -> ChromaError:
    """It was ended by a request beside this one, unless it was the database that failed."""
    cause: BaseException | None = problem
    while cause is not None:
        if (found := outage(cause)) is not None:
            return found
        cause = cause.__context__
    return Unauthenticated("Your session ended while this was done. Sign in again.")


def _answer(request: HttpRequest, problem: ChromaError) -> HttpResponse:
    if request.path.startswith(API):
        return error_response(request, problem)
    headers = {} if problem.retry_after is None else {"Retry-After": str(problem.retry_after)}
    return HttpResponse(
        f"{problem.message}\n", status=problem.status, headers=headers, content_type="text/plain; charset=utf-8"
    )
