from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import Info, auto
from strawberry.scalars import JSON
from strawberry_django.optimizer import is_optimized_by_prefetching

from apps.common.graphql.connections import ChromaConnection, ChromaConnectionField, Rows, connection
from apps.common.graphql.context import actor_of
from apps.datasets import models
from apps.datasets.counts import object_count
from apps.datasets.datapoint_ids import datapoint_id
from apps.datasets.graphql.types.history import Comment, LabelChange
from apps.datasets.graphql.types.naming import Category, Tag
from apps.datasets.graphql.types.resource import Resource
from apps.datasets.page_facts import fact_of
from apps.datasets.querysets import truth_first
from apps.datasets.resources.addresses import thumbnail_url_of
from apps.projects import access

if TYPE_CHECKING:
    from apps.analysis.graphql.types import Score
    from apps.datasets.graphql.types.dataset import Dataset
    from apps.embeddings.graphql.types import Embedding
    from apps.lineage.graphql.types import Inference, TrainedModel

DatapointRole = strawberry.enum(models.DatapointRole)
# What a page fact needs of each datapoint.
PLACE = ["dataset_id", "row"]


class ObjectsField(ChromaConnectionField):
    """The objects inside a context: those of one source beside each other, ground truth (no source) first."""

    def get_queryset(self, queryset: Rows, info: Info[Any, Any], **kwargs: Any) -> Rows:
        ordered = queryset if is_optimized_by_prefetching(queryset) else truth_first(queryset)
        return super().get_queryset(ordered, info, **kwargs)


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
    resource: Resource | None = strawberry_django.field(description="Of an object: what its parent stands for.")
    label: Category | None = strawberry_django.field(field_name="category", description="The current label.")
    logged_label: Category | None = strawberry_django.field(
        field_name="logged_category", description="What the source last said."
    )
    label_changes: ChromaConnection[LabelChange] = connection()
    comments: ChromaConnection[Comment] = connection()
    objects: ChromaConnection[Datapoint] = strawberry_django.connection(
        field_name="objects_inside", field_cls=ObjectsField, description="Inside a context, ground truth first."
    )

    @strawberry_django.field(only=PLACE)
    def id(self, root: strawberry.Parent[models.Datapoint]) -> strawberry.ID:
        return strawberry.ID(datapoint_id(root))

    @strawberry_django.field(only=["pk", "role"], description="How many objects lie inside a context.")
    def object_count(self, root: strawberry.Parent[models.Datapoint]) -> int:
        return object_count(root)

    @strawberry_django.field(only=PLACE, description="The trained model that found an object; null for ground truth.")
    def source_model(
        self, root: strawberry.Parent[models.Datapoint]
    ) -> Annotated[TrainedModel, strawberry.lazy("apps.lineage.graphql.types")] | None:
        return next(iter(fact_of(root, "source_model")), None)

    @strawberry_django.field(
        select_related=["resource"],
        only=["region", "resource__kind", "resource__text", "resource__media_type"],
        description="A small picture; of an object, its box with some of what is around. Null where there is none.",
    )
    def thumbnail_url(self, root: strawberry.Parent[models.Datapoint]) -> str | None:
        return thumbnail_url_of(root.resource, root.region) if root.resource else None

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

    @strawberry_django.field(only=PLACE, description="What analyses say of it, the newest first.")
    def scores(
        self, root: strawberry.Parent[models.Datapoint]
    ) -> list[Annotated[Score, strawberry.lazy("apps.analysis.graphql.types")]]:
        return fact_of(root, "scores")

    @classmethod
    def get_queryset(cls, queryset: QuerySet[models.Datapoint], info: Info[Any, Any]) -> QuerySet[models.Datapoint]:
        return access.visible(actor_of(info), queryset)
