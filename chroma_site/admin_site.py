"""The admin's frame: it is entered through the one sign-in of the UI, by people and not by API tokens."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver


class ChromaAdminSite(AdminSite):
    site_header = site_title = "Chroma"
    index_title = "Administration"
    site_url = "/"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Without the redirect to a row's own page: no model has one, and it breaks over an id that is none."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def has_permission(self, request: HttpRequest) -> bool:
        actor = request.actor  # type: ignore[attr-defined]
        return actor is not None and actor.token is None and super().has_permission(request)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send to the sign-in of the UI, which limits tries."""
        if request.actor is not None:  # type: ignore[attr-defined]
            raise PermissionDenied
        target = request.GET.get("next", "")
        inside = target if target.startswith("/admin/") else "/admin/"
        return HttpResponseRedirect("/login?" + urlencode({"next": inside}))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        if request.method == "POST":
            logout(request)
        return HttpResponseRedirect("/")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return HttpResponseRedirect("/account")
