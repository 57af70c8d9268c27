from __future__ import annotations

from django.urls import path

from apps.projections import views

urlpatterns = [
    path("projects/<uuid:project_id>/projection-sets", views.create),
    path("projection-sets/<uuid:id>/positions", views.positions),
    path("projection-sets/<uuid:id>/members", views.members),
    path("projection-sets/<uuid:id>/keys", views.keys),
]
