"""The pages that belong to no app: the front end's shell and the health checks."""

from __future__ import annotations

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from apps.common.errors import Forbidden
from apps.common.http import error_response
from apps.jobs.health import is_worker_alive
from chroma_site.frontend import current_bundle

NOT_BUILT = (
    "The front end is not built. Run `make run`, or `npm ci && npm run build` in frontend/, and reload this page.\n"
)


@require_safe
@never_cache
@ensure_csrf_cookie
def shell(request: HttpRequest) -> HttpResponse:
    """The page of every address of the UI, signed in or not; the front end does the rest."""
    bundle = current_bundle()
    if bundle is None:
        return HttpResponse(NOT_BUILT, status=503, content_type="text/plain; charset=utf-8")
    return render(
        request, "shell.html", {"script": bundle.script, "styles": bundle.styles, "preloads": bundle.preloads}
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to an unsafe request by cookie that does not prove to come from our own pages."""
    return error_response(
        request, Forbidden("This request came from another site, or its page is too old. Reload the page.")
    )


@require_safe
@never_cache
def web_health(request: HttpRequest) -> JsonResponse:
    """This process answers."""
    return JsonResponse({"status": "ok", "version": settings.CHROMA_VERSION})


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Whether the whole stack works: web, database, worker."""
    database = _database()
    parts = {"web": "ok", "database": database, "worker": _worker() if database == "ok" else "unknown"}
    status = "ok" if set(parts.values()) == {"ok"} else "degraded"
    return JsonResponse({"status": status, **parts, "version": settings.CHROMA_VERSION})


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return "down"
    return "ok"


def _worker() -> str:
    return "ok" if is_worker_alive() else "down"
