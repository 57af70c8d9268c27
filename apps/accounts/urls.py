from __future__ import annotations

from django.urls import path

from apps.accounts import views

urlpatterns = [
    path("login", views.sign_in),
    path("logout", views.sign_out),
]
