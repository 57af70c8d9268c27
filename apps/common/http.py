"""What every HTTP view shares: the typed request, errors as JSON, and who may call."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse

from apps.common.errors import ChromaError, Unauthenticated
from apps.common.outages import expected_failure
from apps.common.refusals import log_refusal, place_of

if TYPE_CHECKING:
    from apps.accounts.actor import Actor

View = Callable[..., HttpResponseBase]


class ApiRequest(HttpRequest):
    """A request that passed our middleware and `api_view`: somebody is signed in."""

    actor: Actor
    request_id: str


def api_view(*, methods: set[str], writes: bool | None = None, anonymous: bool = False) -> Callable[[View], View]:
    """Make a view of our HTTP API: allowed methods, a signed-in actor, and errors as JSON.

    `writes` says whether a token needs scope write; by default every method but GET and HEAD does.
    `anonymous` views are for everybody and know no actor: signing in and what leads there.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def wrapped(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                return method_not_allowed(request, methods)
            try:
                if not anonymous:
                    _admit(request, writes=request.method not in {"GET", "HEAD"} if writes is None else writes)
                return view(request, *args, **kwargs)
            except ChromaError as problem:
                return error_response(request, problem)
            except Exception as problem:
                expected = expected_failure(problem)
                if expected is None:
                    raise
                return error_response(request, expected)

        return wrapped

    return decorate


def method_not_allowed(request: HttpRequest, methods: set[str]) -> JsonResponse:
    """The JSON answer for a method that an address does not know."""
    allowed = sorted(methods)
    response = JsonResponse(_body("METHOD_NOT_ALLOWED", f"Use {' or '.join(allowed)}.", request), status=405)
    response.headers["Allow"] = ", ".join(allowed)
    return response


def error_response(request: HttpRequest, problem: ChromaError) -> JsonResponse:
    """The JSON answer for an expected failure."""
    response = JsonResponse(
        _body(problem.code, problem.message, request, problem.field, problem.hint), status=problem.status
    )
    if isinstance(problem, Unauthenticated):
        response.headers["WWW-Authenticate"] = "Bearer"
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def _admit(request: Any, *, writes: bool) -> None:
    if request.actor is None:
        raise Unauthenticated("Sign in, or send the header Authorization: Bearer <token>.")
    if writes:
        request.actor.require_write()


def _body(
    code: str, message: str, request: HttpRequest, field: str | None = None, hint: str | None = None
) -> dict[str, Any]:
    request_id = getattr(request, "request_id", "")
    log_refusal(request_id, code, place_of(request))
    return {"error": {"code": code, "message": message, "field": field, "hint": hint, "requestId": request_id}}
