from __future__ import annotations

from django.urls import path

from apps.curation.views import exports, imports, selections, slices

urlpatterns = [
    path("projects/<uuid:id>/selections", selections.selections),
    path("selections/<uuid:id>/rows", selections.selection_rows),
    path("slices/<uuid:id>/rows", slices.rows),
    path("slices/<uuid:id>/keys", slices.keys),
    path("exports/<uuid:id>/content", exports.content),
    path("projects/<uuid:id>/imports", imports.imports),
    path("imports/<uuid:id>/chunks/<int:number>", imports.chunk),
    path("imports/<uuid:id>/complete", imports.complete),
]
