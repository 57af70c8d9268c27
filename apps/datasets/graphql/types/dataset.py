from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import Info, auto

from apps.common.graphql.big_connections import big_connection
from apps.common.graphql.connections import ChromaConnection, connection
from apps.common.graphql.context import actor_of
from apps.common.graphql.edits import edit_version
from apps.datasets import models
from apps.datasets.counts import label_counts, labelled_count
from apps.datasets.graphql.types.datapoint import Datapoint
from apps.datasets.graphql.types.naming import LabelCount
from apps.projects import access
from apps.projects.graphql.types import Project

if TYPE_CHECKING:
    from apps.embeddings.graphql.types import EmbeddingSet
    from apps.lineage.graphql.types import InferenceSet

DatasetKind = strawberry.enum(models.DatasetKind)
ColumnKind = strawberry.enum(models.ColumnKind)


@strawberry_django.type(models.Dataset)
class Dataset:
    """An ordered collection of datapoints."""

    id: strawberry.ID
    project: Project
    name: auto
    kind: DatasetKind
    created_at: auto
    updated_at: auto
    edit_version: int = edit_version()
    datapoint_count: int = strawberry_django.field(description="Contexts; objects are counted apart.")
    object_count: int
    next_row: int = strawberry_django.field(description="The row that the next new datapoint gets.")
    version: int = strawberry_django.field(description="Rises with every change of the datapoints.")
    label_version: int = strawberry_django.field(description="Rises with every change of labels.")
    metadata_fields: list[MetadataField]
    embedding_sets: ChromaConnection[Annotated[EmbeddingSet, strawberry.lazy("apps.embeddings.graphql.types")]] = (
        connection()
    )
    inference_sets: ChromaConnection[Annotated[InferenceSet, strawberry.lazy("apps.lineage.graphql.types")]] = (
        connection()
    )

    @strawberry_django.field(only=["version", "label_version"], description="Contexts that have a label.")
    def labelled_count(self, root: strawberry.Parent[models.Dataset]) -> int:
        return labelled_count(root)

    @strawberry_django.field(only=["version", "label_version"], description="Most frequent first.")
    def label_counts(self, root: strawberry.Parent[models.Dataset]) -> list[LabelCount]:
        return [LabelCount(category=category, datapoint_count=count) for category, count in label_counts(root)]

    @big_connection(ChromaConnection[Datapoint], only=["pk"], description="Whole datapoints (role context), by row.")
    def datapoints(self, root: strawberry.Parent[models.Dataset]) -> Iterable[Datapoint]:
        return root.datapoints.filter(role=models.DatapointRole.CONTEXT).order_by("row")

    @classmethod
    def get_queryset(cls, queryset: QuerySet[models.Dataset], info: Info[Any, Any]) -> QuerySet[models.Dataset]:
        return access.visible(actor_of(info), queryset)


@strawberry_django.type(models.MetadataField)
class MetadataField:
    """A metadata key of a dataset and what its values are."""

    id: strawberry.ID
    name: auto

    @strawberry_django.field(select_related=["column"], only=["column__kind"])
    def kind(self, root: strawberry.Parent[models.MetadataField]) -> ColumnKind:
        return models.ColumnKind(root.column.kind)

    @strawberry_django.field(select_related=["column"], only=["column__version"])
    def version(self, root: strawberry.Parent[models.MetadataField]) -> int:
        return root.column.version

    @classmethod
    def get_queryset(
        cls, queryset: QuerySet[models.MetadataField], info: Info[Any, Any]
    ) -> QuerySet[models.MetadataField]:
        return access.visible(actor_of(info), queryset)
