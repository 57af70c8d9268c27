"""What people name: categories and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import Info, auto

from apps.common.graphql.context import actor_of
from apps.common.graphql.edits import edit_version
from apps.datasets import models
from apps.datasets.counts import label_count, tag_count
from apps.projects import access

if TYPE_CHECKING:
    from apps.datasets.graphql.types.dataset import Dataset


@strawberry_django.type(models.Category)
class Category:
    """One of the classes that a label or an inference may name."""

    id: strawberry.ID
    name: auto
    colour: int = strawberry_django.field(description="Index into the categorical palette.")
    edit_version: int = edit_version()

    @strawberry_django.field(only=["pk"], description="How many datapoints have it as their label.")
    def label_count(self, root: strawberry.Parent[models.Category]) -> int:
        return label_count(root)

    @classmethod
    def get_queryset(cls, queryset: QuerySet[models.Category], info: Info[Any, Any]) -> QuerySet[models.Category]:
        return access.visible(actor_of(info), queryset)


@strawberry.type
class LabelCount:
    """How many datapoints of a dataset have one category as their label."""

    category: Category
    datapoint_count: int


@strawberry_django.type(models.Tag)
class Tag:
    """A short free name put on datapoints."""

    id: strawberry.ID
    name: auto
    edit_version: int = edit_version()
    memberships: list[TagMembership] = strawberry_django.field(
        description="One for each dataset with tagged datapoints."
    )

    @strawberry_django.field(only=["pk"])
    def datapoint_count(self, root: strawberry.Parent[models.Tag]) -> int:
        return tag_count(root)

    @classmethod
    def get_queryset(cls, queryset: QuerySet[models.Tag], info: Info[Any, Any]) -> QuerySet[models.Tag]:
        return access.visible(actor_of(info), queryset)


@strawberry_django.type(models.TagMembership)
class TagMembership:
    """How many datapoints of one dataset carry a tag. `version` rises with every change of them."""

    dataset: Annotated[Dataset, strawberry.lazy("apps.datasets.graphql.types.dataset")]
    datapoint_count: int
    version: int

    @classmethod
    def get_queryset(
        cls, queryset: QuerySet[models.TagMembership], info: Info[Any, Any]
    ) -> QuerySet[models.TagMembership]:
        return access.visible(actor_of(info), queryset).filter(dataset__deleted_at=None)
