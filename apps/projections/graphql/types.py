from __future__ import annotations

from typing import Any, cast

import strawberry
import strawberry_django
from django.db.models import Prefetch, QuerySet
from strawberry import Info, auto
from strawberry.scalars import JSON

from apps.accounts.graphql.types import User
from apps.common.graphql.context import actor_of
from apps.common.graphql.edits import edit_version
from apps.datasets.graphql.types import DatapointRole
from apps.datasets.models import DatapointRole as Role
from apps.embeddings.graphql.types import EmbeddingSet
from apps.jobs.graphql.types import Job
from apps.projections import facts, models
from apps.projections.columns import columns_of
from apps.projections.graphql.columns import ProjectionColumn, describe_column
from apps.projections.graphql.projections import ProjectionConnection, page_of_projections
from apps.projections.versions import versions_of
from apps.projects import access
from apps.projects.graphql.types import Project

# What says how a source's vectors changed.
VECTORS = ["embedding_set__vectors", "embedding_set__dataset", "projection_set"]
# Under a name of its own: the query may ask for the sources as well, and one relation is prefetched one way.
SOURCES_WITH_VECTORS = Prefetch(
    "sources",
    queryset=models.ProjectionSource.objects.select_related(*VECTORS),
    to_attr=facts.SOURCES_WITH_VECTORS,
)
VERSIONS = [
    "vectors_version",
    "embedding_set__vectors__version",
    "embedding_set__vectors__present",
    "embedding_set__dataset__alive",
    "embedding_set__dataset__object_rows",
    "projection_set__role",
]


MapOrigin = strawberry.enum(
    models.Origin,
    name="MapOrigin",
    description="Fitted from nothing; new datapoints placed on the version before; fitted from where that one lay.",
)


@strawberry_django.type(models.Projector)
class Projector:
    """A method with its parameters and seed."""

    id: strawberry.ID
    method: auto
    parameters: JSON
    seed: int | None

    @classmethod
    def get_queryset(cls, queryset: QuerySet[models.Projector], info: Info[Any, Any]) -> QuerySet[models.Projector]:
        return access.visible(actor_of(info), queryset)


@strawberry_django.type(models.ProjectionSource)
class ProjectionSource:
    """An embedding set that a map was made from, at the version of its vectors then."""

    position: int = strawberry_django.field(description="The code of the source in the members array.")
    embedding_set: EmbeddingSet
    vectors_version: int

    @strawberry_django.field(
        select_related=VECTORS, only=VERSIONS, description="Datapoints of the set that are not on the map."
    )
    def new_datapoint_count(self, root: strawberry.Parent[models.ProjectionSource]) -> int:
        return facts.new_datapoint_count(root)

    @classmethod
    def get_queryset(
        cls, queryset: QuerySet[models.ProjectionSource], info: Info[Any, Any]
    ) -> QuerySet[models.ProjectionSource]:
        return access.visible(actor_of(info), queryset)


@strawberry_django.type(models.ProjectionSet)
class ProjectionSet:
    """A map: the places of the datapoints of one or several embedding sets. It has them once its job is done."""

    id: strawberry.ID
    project: Project
    name: auto
    projector: Projector
    edit_version: int = edit_version()
    job: Job | None
    created_by: User | None
    created_at: auto
    finished_at: auto
    projection_count: int
    object_count: int
    quality: JSON | None
    notes: list[str] = strawberry_django.field(description="Sentences to be read beside the map.")
    previous: ProjectionSet | None = strawberry_django.field(
        description="The version of this map before; null for the first, and where that was deleted."
    )
    drift: JSON | None = strawberry_django.field(
        description="How far datapoints moved since the version before, as a share of its spread: n_shared, "
        "n_unchanged, n_new, n_gone, median, p90, unchanged_median, unchanged_p90 (of whose vectors are the same), "
        "neighbor_retention. Null without one."
    )
    sources: list[ProjectionSource] = strawberry_django.field(
        description="In the order of their codes in the members array."
    )

    @strawberry_django.field(only=["role"], description="Only such datapoints are on the map; null where both are.")
    def role(self, root: strawberry.Parent[models.ProjectionSet]) -> DatapointRole | None:
        return Role(root.role) if root.role else None

    @strawberry_django.field(only=["origin"])
    def origin(self, root: strawberry.Parent[models.ProjectionSet]) -> MapOrigin:
        return models.Origin(root.origin)

    @strawberry_django.field(
        only=["project_id"], description="All versions of this map, the oldest first, itself among them."
    )
    def versions(self, root: strawberry.Parent[models.ProjectionSet]) -> list[ProjectionSet]:
        return cast("list[ProjectionSet]", versions_of(root))

    @strawberry_django.field(only=["projection_count", "object_count"])
    def context_count(self, root: strawberry.Parent[models.ProjectionSet]) -> int:
        return root.projection_count - root.object_count

    @strawberry_django.field(
        only=["role"],
        prefetch_related=[SOURCES_WITH_VECTORS],
        description="Whether vectors were logged since the map was made.",
    )
    def stale(self, root: strawberry.Parent[models.ProjectionSet]) -> bool:
        return facts.is_stale(root)

    @strawberry_django.field(
        prefetch_related=["arrays"],
        description="What is known of each datapoint beside its place, such as how much of its neighbourhood is kept.",
    )
    def columns(self, root: strawberry.Parent[models.ProjectionSet]) -> list[ProjectionColumn]:
        return [describe_column(column) for column in columns_of(root)]

    @strawberry_django.field(
        only=["finished_at", "projection_count"], description="A page of the places, in member order."
    )
    def projections(
        self,
        root: strawberry.Parent[models.ProjectionSet],
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> ProjectionConnection:
        return page_of_projections(root, first=first, after=after, last=last, before=before)

    @classmethod
    def get_queryset(
        cls, queryset: QuerySet[models.ProjectionSet], info: Info[Any, Any]
    ) -> QuerySet[models.ProjectionSet]:
        return access.visible(actor_of(info), queryset)
