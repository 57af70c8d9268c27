from __future__ import annotations

from django.urls import path

from apps.datasets.views import columns, files, uploads

urlpatterns = [
    path("projects/<str:id>/files", files.files),
    path("projects/<str:id>/files/missing", files.missing),
    path("datasets/<str:id>/uploads", uploads.uploads),
    path("datasets/<str:id>/columns/<str:name>", columns.column),
    path("uploads/<str:id>", uploads.upload),
    path("uploads/<str:id>/chunks/<int:number>", uploads.chunk),
    path("uploads/<str:id>/commit", uploads.commit),
]
