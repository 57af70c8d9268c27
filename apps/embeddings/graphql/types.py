from __future__ import annotations

from typing import Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import Info, auto

from apps.common.graphql.context import actor_of
from apps.datasets.graphql.types import Dataset
from apps.embeddings import models
from apps.embeddings.graphql.neighbors import NeighborGraph
from apps.embeddings.roles import count_roles
from apps.lineage.graphql.types import Layer
from apps.projects import access

# What says which of the vectors are of contexts, which of objects.
ROLES = ["vectors", "dataset"]
ROWS = ["vectors__present", "dataset__object_rows"]


@strawberry_django.type(models.EmbeddingSet)
class EmbeddingSet:
    """All vectors of one dataset from one layer."""

    id: strawberry.ID
    dataset: Dataset
    layer: Layer
    dimension: int
    embedding_count: int
    created_at: auto
    neighbor_graphs: list[NeighborGraph] = strawberry_django.field(
        description="The stored nearest neighbours, one graph for each metric that was asked for."
    )

    @strawberry_django.field(select_related=["vectors"], only=["vectors__dtype"])
    def dtype(self, root: strawberry.Parent[models.EmbeddingSet]) -> str:
        return root.vectors.dtype

    @strawberry_django.field(
        select_related=["vectors"], only=["vectors__version"], description="Rises with every change of the vectors."
    )
    def version(self, root: strawberry.Parent[models.EmbeddingSet]) -> int:
        return root.vectors.version

    @strawberry_django.field(select_related=ROLES, only=ROWS, description="How many of the vectors are of contexts.")
    def context_count(self, root: strawberry.Parent[models.EmbeddingSet]) -> int:
        return count_roles(root).contexts

    @strawberry_django.field(select_related=ROLES, only=ROWS, description="How many of the vectors are of objects.")
    def object_count(self, root: strawberry.Parent[models.EmbeddingSet]) -> int:
        return count_roles(root).objects

    @classmethod
    def get_queryset(
        cls, queryset: QuerySet[models.EmbeddingSet], info: Info[Any, Any]
    ) -> QuerySet[models.EmbeddingSet]:
        return access.visible(actor_of(info), queryset)


@strawberry.type
class Embedding:
    """One vector of one datapoint: that it is there. Its values travel as Arrow."""

    embedding_set: EmbeddingSet
