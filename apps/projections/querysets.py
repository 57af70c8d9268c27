"""The flat filters of maps. What the caller may see is cut by access, never here."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from apps.projections.models import ProjectionSet


def made_from(maps: QuerySet[ProjectionSet], embedding_set_id: str) -> QuerySet[ProjectionSet]:
    """The maps that show the vectors of one embedding set."""
    try:
        return maps.filter(sources__embedding_set=UUID(embedding_set_id))
    except ValueError:
        return maps.none()
