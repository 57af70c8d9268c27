from __future__ import annotations

from django.urls import path

from apps.embeddings import views

urlpatterns = [
    path("embedding-sets/<str:id>/vectors", views.vectors),
]
