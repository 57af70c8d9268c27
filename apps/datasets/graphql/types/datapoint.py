from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import Info, auto
from strawberry.scalars import JSON

from apps.common.graphql.connections import ChromaConnection, connection
from apps.common.graphql.context import actor_of
from apps.datasets import models
from apps.datasets.datapoint_ids import datapoint_id
from apps.datasets.graphql.types.history import Comment, LabelChange
from apps.datasets.graphql.types.naming import Category, Tag
from apps.datasets.graphql.types.resource import Resource
from apps.datasets.page_facts import fact_of
from apps.projects import access

if TYPE_CHECKING:
    from apps.datasets.graphql.types.dataset import Dataset
    from apps.embeddings.graphql.types import Embedding
    from apps.lineage.graphql.types import Inference

DatapointRole = strawberry.enum(models.DatapointRole)
# What a page fact needs of each datapoint.
PLACE = ["dataset_id", "row"]


@strawberry.type
class MetadataValue:
    """What a datapoint has under one metadata key."""

    name: str
    value: JSON


@strawberry_django.type(models.Datapoint)
class Datapoint:
    """One item: what is plotted, tagged, labelled. Its id is "<dataset id>:<row>"."""

    dataset: Annotated[Dataset, strawberry.lazy("apps.datasets.graphql.types.dataset")]
    row: int
    key: auto
    role: DatapointRole
    parent: Datapoint | None
    region: list[float] | None = strawberry_django.field(
        description="Of an object in its parent: x, y, width, height, each 0 … 1."
    )
    source: str = strawberry_django.field(
        description="Who says that the object is there: empty for ground truth, or a trained model's id."
    )
    resource: Resource | None
    label: Category | None = strawberry_django.field(field_name="category", description="The current label.")
    logged_label: Category | None = strawberry_django.field(
        field_name="logged_category", description="What the source last said."
    )
    label_changes: ChromaConnection[LabelChange] = connection()
    comments: ChromaConnection[Comment] = connection()

    @strawberry_django.field(only=PLACE)
    def id(self, root: strawberry.Parent[models.Datapoint]) -> strawberry.ID:
        return strawberry.ID(datapoint_id(root))

    @strawberry_django.field(only=PLACE, description="One for each inference set that has an inference of it.")
    def inferences(
        self, root: strawberry.Parent[models.Datapoint]
    ) -> list[Annotated[Inference, strawberry.lazy("apps.lineage.graphql.types")]]:
        return fact_of(root, "inferences")

    @strawberry_django.field(only=PLACE)
    def metadata(self, root: strawberry.Parent[models.Datapoint]) -> list[MetadataValue]:
        return [MetadataValue(name=name, value=value) for name, value in fact_of(root, "metadata")]

    @strawberry_django.field(only=PLACE)
    def tags(self, root: strawberry.Parent[models.Datapoint]) -> list[Tag]:
        return fact_of(root, "tags")

    @strawberry_django.field(only=PLACE, description="The embedding sets that hold a vector of it.")
    def embeddings(
        self, root: strawberry.Parent[models.Datapoint]
    ) -> list[Annotated[Embedding, strawberry.lazy("apps.embeddings.graphql.types")]]:
        return fact_of(root, "embeddings")

    @classmethod
    def get_queryset(cls, queryset: QuerySet[models.Datapoint], info: Info[Any, Any]) -> QuerySet[models.Datapoint]:
        return access.visible(actor_of(info), queryset)
