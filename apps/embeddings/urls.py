from __future__ import annotations

from django.urls import path

from apps.embeddings import neighbor_views, views

urlpatterns = [
    path("embedding-sets/<str:id>/vectors", views.vectors),
    path("embedding-sets/<str:id>/neighbors", neighbor_views.neighbors),
]
