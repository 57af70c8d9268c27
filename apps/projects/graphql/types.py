from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import strawberry
import strawberry_django
from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from strawberry import Info, auto
from strawberry.scalars import JSON

from apps.accounts.graphql.types import User
from apps.common.graphql.connections import ChromaConnection, connection
from apps.common.graphql.context import actor_of
from apps.common.graphql.edits import edit_version
from apps.projects import access, models

if TYPE_CHECKING:
    from apps.analysis.graphql.types import Analysis
    from apps.curation.graphql.exports import Export
    from apps.curation.graphql.imports import Import
    from apps.curation.graphql.types import Slice
    from apps.datasets.graphql.types import Category, Dataset, Tag
    from apps.jobs.graphql.types import Job
    from apps.lineage.graphql.types import ModelArchitecture
    from apps.projections.graphql.types import ProjectionSet

Role = strawberry.enum(models.Role)


def _my_role(info: Info[Any, Any]) -> Subquery:
    mine = models.Membership.objects.accepted().filter(user=actor_of(info).user, project=OuterRef("pk"))
    return Subquery(mine.values("role")[:1])


def _datapoint_count(_: Info[Any, Any] | None = None) -> Coalesce:
    whole = models.Project.objects.filter(pk=OuterRef("pk"), datasets__deleted_at=None).order_by().values("pk")
    return Coalesce(Subquery(whole.annotate(total=Sum("datasets__datapoint_count")).values("total")), 0)


@strawberry_django.type(models.Project)
class Project:
    """The shared workspace, named `namespace/name`."""

    id: strawberry.ID
    namespace: auto
    name: auto
    description: auto
    created_at: auto
    edit_version: int = edit_version()
    last_seq: int = strawberry_django.field(description="The newest change; pass it as `after` to projectChanged.")
    memberships: ChromaConnection[Membership] = connection()
    audit_entries: ChromaConnection[AuditEntry] = connection(description="Who did what, newest first.")
    datasets: ChromaConnection[Annotated[Dataset, strawberry.lazy("apps.datasets.graphql.types")]] = connection()
    categories: ChromaConnection[Annotated[Category, strawberry.lazy("apps.datasets.graphql.types")]] = connection()
    tags: ChromaConnection[Annotated[Tag, strawberry.lazy("apps.datasets.graphql.types")]] = connection()
    slices: ChromaConnection[Annotated[Slice, strawberry.lazy("apps.curation.graphql.types")]] = connection()
    model_architectures: ChromaConnection[
        Annotated[ModelArchitecture, strawberry.lazy("apps.lineage.graphql.types")]
    ] = connection()
    projection_sets: ChromaConnection[Annotated[ProjectionSet, strawberry.lazy("apps.projections.graphql.types")]] = (
        connection()
    )
    exports: ChromaConnection[Annotated[Export, strawberry.lazy("apps.curation.graphql.exports")]] = connection()
    analyses: ChromaConnection[Annotated[Analysis, strawberry.lazy("apps.analysis.graphql.types")]] = connection()
    imports: ChromaConnection[Annotated[Import, strawberry.lazy("apps.curation.graphql.imports")]] = connection()
    jobs: ChromaConnection[Annotated[Job, strawberry.lazy("apps.jobs.graphql.types")]] = connection()

    @strawberry_django.field(only=["namespace", "name"], description="As in alice/MNIST.")
    def full_name(self, root: strawberry.Parent[models.Project]) -> str:
        return str(root)

    @strawberry_django.field(annotate={"found_role": _my_role})
    def my_role(self, root: strawberry.Parent[models.Project], info: Info[Any, Any]) -> Role:
        return models.Role(getattr(root, "found_role", None) or access.role_in(actor_of(info), root.pk))

    @strawberry_django.field(annotate={"found_count": _datapoint_count})
    def datapoint_count(self, root: strawberry.Parent[models.Project]) -> int:
        if hasattr(root, "found_count"):
            return int(root.found_count)
        found = (
            models.Project.objects.annotate(found=_datapoint_count()).values_list("found", flat=True).get(pk=root.pk)
        )
        return int(found)

    @classmethod
    def get_queryset(cls, queryset: QuerySet[models.Project], info: Info[Any, Any]) -> QuerySet[models.Project]:
        return access.visible(actor_of(info), queryset)


@strawberry_django.type(models.Membership)
class Membership:
    """A user's role in a project; it counts once the user has accepted it."""

    id: strawberry.ID
    user: User
    role: Role
    invited_by: User | None
    invited_at: auto
    accepted_at: auto

    @strawberry_django.field(
        only=["accepted_at", "user_id"],
        select_related=["project"],
        description="Null for an invited person: they see what a project is called, and no more before they accept.",
    )
    def project(self, root: strawberry.Parent[models.Membership], info: Info[Any, Any]) -> Project | None:
        is_own_invitation = root.accepted_at is None and root.user_id == actor_of(info).user.pk
        return None if is_own_invitation else root.project

    @strawberry_django.field(select_related=["project"], description="As in alice/MNIST.")
    def project_name(self, root: strawberry.Parent[models.Membership]) -> str:
        return str(root.project)

    @classmethod
    def get_queryset(cls, queryset: QuerySet[models.Membership], info: Info[Any, Any]) -> QuerySet[models.Membership]:
        return access.visible_memberships(actor_of(info), queryset)


@strawberry_django.type(models.AuditEntry)
class AuditEntry:
    """Who did what, when, to what."""

    id: strawberry.ID
    actor_name: auto
    token_prefix: auto
    action: auto
    target_type: auto
    target_id: auto
    target_name: auto
    before: JSON | None
    after: JSON | None
    at: auto

    @classmethod
    def get_queryset(cls, queryset: QuerySet[models.AuditEntry], info: Info[Any, Any]) -> QuerySet[models.AuditEntry]:
        return access.visible(actor_of(info), queryset)
