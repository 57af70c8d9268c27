"""Sign in and out, as JSON."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from apps.accounts.sign_in import check_credentials
from apps.common.bodies import read_json
from apps.common.http import api_view

LARGEST_BODY = 16 * 1024


@never_cache
@api_view(methods={"POST"}, anonymous=True)
def sign_in(request: HttpRequest) -> HttpResponse:
    body = read_json(request, at_most=LARGEST_BODY)
    user = check_credentials(request, username=body.get("username"), password=body.get("password"))
    login(request, user)
    # Nothing else comes by as regularly to throw away the sessions that have expired.
    SessionStore.clear_expired()
    return JsonResponse({"username": user.username})


@never_cache
@api_view(methods={"POST"}, anonymous=True)
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponse(status=204)
