"""One-time links: `GET` says whose it is, `POST` sets the password and signs in."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from apps.accounts.links import find_link
from apps.common.bodies import read_json
from apps.common.errors import BadRequest
from apps.common.http import api_view
from apps.projects.services.passwords import use_password_link

LARGEST_BODY = 16 * 1024


@never_cache
@api_view(methods={"GET", "POST"}, anonymous=True)
def password_link(request: HttpRequest, secret: str) -> HttpResponse:
    if request.method == "GET":
        link = find_link(secret)
        return JsonResponse({"username": link.user.username, "purpose": link.purpose})
    password = read_json(request, at_most=LARGEST_BODY).get("password")
    if not isinstance(password, str):
        raise BadRequest("Enter a password.", field="password")
    user = use_password_link(secret=secret, password=password)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return JsonResponse({"username": user.username})
