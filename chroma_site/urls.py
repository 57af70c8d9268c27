"""Every address of the server. Apps own the views; anything else under `/` is the front end."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path, re_path

from chroma_site import errors, views
from chroma_site.graphql_view import ChromaGraphQLView
from chroma_site.schema import schema

BULK_APPS = ["datasets", "embeddings", "projections", "curation"]

urlpatterns = [
    path("graphql", ChromaGraphQLView.as_view(schema=schema, graphql_ide=None, allow_queries_via_get=False)),
    path("auth/", include([path("", include("apps.accounts.urls")), path("", include("apps.projects.urls"))])),
    path("bulk/v1/", include([path("", include(f"apps.{app}.urls")) for app in BULK_APPS])),
    path("resources/", include("apps.datasets.resources.urls")),
    path("admin/", admin.site.urls),
    path("healthz", views.health),
    path("healthz/web", views.web_health),
    re_path(r"^(?!(?:static|graphql|bulk|resources|auth|admin|healthz)(?:/|$)).*$", views.shell),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
