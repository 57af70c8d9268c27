from __future__ import annotations

from django.urls import path

from apps.projections import column_view, growth_view, views

urlpatterns = [
    path("projects/<uuid:project_id>/projection-sets", views.create),
    path("projection-sets/<uuid:id>/positions", views.positions),
    path("projection-sets/<uuid:id>/members", views.members),
    path("projection-sets/<uuid:id>/keys", views.keys),
    path("projection-sets/<uuid:id>/columns/<str:name>", column_view.column),
    path("projection-sets/<uuid:id>/growth", growth_view.growth),
]
