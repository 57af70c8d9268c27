from __future__ import annotations

from django.urls import path

from apps.curation import views

urlpatterns = [
    path("projects/<uuid:id>/selections", views.selections),
]
