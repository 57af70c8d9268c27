from __future__ import annotations

from django.urls import path

from apps.projects import views

urlpatterns = [
    path("link/<str:secret>", views.password_link),
]
