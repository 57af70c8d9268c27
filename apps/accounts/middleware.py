"""Turns `Authorization: Bearer chr_…` or the session into `request.actor`."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse

from apps.accounts.actor import Actor
from apps.accounts.models import User
from apps.accounts.tokens import TOKEN_FORM, actor_for_header
from apps.common.errors import BadRequest, Unauthenticated
from apps.common.http import error_response


class BearerTokenMiddleware:
    """Sets `request.actor`. Requests by token need no CSRF check: a browser never sends the header by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if TOKEN_FORM.search(unquote(request.META.get("QUERY_STRING", ""))):
            return error_response(
                request, BadRequest("Tokens in addresses are refused: send the header Authorization.")
            )
        header = request.headers.get("Authorization")
        if header is None:
            user = request.user
            request.actor = Actor(user=user) if isinstance(user, User) and user.is_active else None  # type: ignore[attr-defined]
            return self.get_response(request)
        try:
            actor = actor_for_header(header)
        except Unauthenticated as problem:
            return error_response(request, problem)
        request.actor = actor  # type: ignore[attr-defined]
        request.user = actor.user
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # noqa: SLF001 - Django's only switch for it
        return self.get_response(request)
