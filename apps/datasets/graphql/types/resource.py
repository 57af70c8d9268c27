from __future__ import annotations

from typing import Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import Info, auto

from apps.common.graphql.context import actor_of
from apps.datasets import models
from apps.datasets.resources.addresses import thumbnail_url_of, url_of
from apps.projects import access

ResourceKind = strawberry.enum(models.ResourceKind)


@strawberry_django.type(models.Resource)
class Resource:
    """The raw thing that datapoints stand for: a file, a text, or a URI."""

    id: strawberry.ID
    kind: ResourceKind
    text: str = strawberry_django.field(description="The text itself, the URI, or the file's name.")
    media_type: auto
    size: int
    width: int | None = strawberry_django.field(description="Of an image, in pixels; null where it is not known.")
    height: int | None

    @strawberry_django.field(only=["kind", "text"], description="Null where the server has nothing to serve.")
    def url(self, root: strawberry.Parent[models.Resource]) -> str | None:
        return url_of(root)

    @strawberry_django.field(only=["kind", "text", "media_type"], description="Null where it cannot be an image.")
    def thumbnail_url(self, root: strawberry.Parent[models.Resource]) -> str | None:
        return thumbnail_url_of(root)

    @classmethod
    def get_queryset(cls, queryset: QuerySet[models.Resource], info: Info[Any, Any]) -> QuerySet[models.Resource]:
        return access.visible(actor_of(info), queryset)
