"""The stored neighbours of an embedding set, in figures; the lists travel as Arrow."""

from __future__ import annotations

from typing import Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import Info, auto

from apps.common.graphql.context import actor_of
from apps.embeddings import models
from apps.embeddings.neighbors import rows_behind
from apps.projects import access

Metric = strawberry.enum(models.Metric, description="The distance between two vectors.")

VECTORS = ["embedding_set__vectors"]
VERSIONS = ["vectors_version", "embedding_set__vectors__version"]


@strawberry_django.type(models.NeighborGraph)
class NeighborGraph:
    """The nearest neighbours of each vector of an embedding set, under one metric."""

    metric: Metric
    neighbor_count: int = strawberry_django.field(
        field_name="n_neighbors", description="How many each datapoint has, itself included."
    )
    recall: float = strawberry_django.field(description="The measured share (0 … 1) of the true neighbours.")
    vectors_version: int = strawberry_django.field(description="The version of the vectors that they are right for.")
    updated_at: auto

    @strawberry_django.field(
        select_related=VECTORS, only=VERSIONS, description="Whether they are right for the vectors as they are now."
    )
    def is_fresh(self, root: strawberry.Parent[models.NeighborGraph]) -> bool:
        return root.vectors_version == root.embedding_set.vectors.version

    @strawberry_django.field(
        select_related=VECTORS,
        only=VERSIONS,
        description="How many vectors were added, changed or removed since.",
    )
    def behind_count(self, root: strawberry.Parent[models.NeighborGraph]) -> int:
        return len(rows_behind(root, root.embedding_set.vectors))

    @classmethod
    def get_queryset(
        cls, queryset: QuerySet[models.NeighborGraph], info: Info[Any, Any]
    ) -> QuerySet[models.NeighborGraph]:
        return access.visible(actor_of(info), queryset)
