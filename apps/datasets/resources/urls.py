from __future__ import annotations

from django.urls import path

from apps.datasets.resources import views

urlpatterns = [
    path("<int:id>", views.resource),
    path("<int:id>/thumbnail", views.resource_thumbnail),
]
