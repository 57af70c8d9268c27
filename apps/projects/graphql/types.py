from __future__ import annotations

from typing import Any

import strawberry
import strawberry_django
from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from strawberry import Info, auto
from strawberry.scalars import JSON

from apps.accounts.graphql.types import User
from apps.common.graphql.connections import ChromaConnection, connection
from apps.common.graphql.context import actor_of
from apps.projects import access, models

Role = strawberry.enum(models.Role)


def _my_role(info: Info[Any, Any]) -> Subquery:
    mine = models.Membership.objects.accepted().filter(user=actor_of(info).user, project=OuterRef("pk"))
    return Subquery(mine.values("role")[:1])


@strawberry_django.type(models.Project)
class Project:
    """The shared workspace, named `namespace/name`."""

    id: strawberry.ID
    namespace: auto
    name: auto
    description: auto
    created_at: auto
    last_seq: int = strawberry_django.field(description="The newest change; pass it as `after` to projectChanged.")
    memberships: ChromaConnection[Membership] = connection()
    audit_entries: ChromaConnection[AuditEntry] = connection()

    @strawberry_django.field(only=["namespace", "name"], description="As in alice/MNIST.")
    def full_name(self, root: strawberry.Parent[models.Project]) -> str:
        return str(root)

    @strawberry_django.field(annotate={"found_role": _my_role})
    def my_role(self, root: strawberry.Parent[models.Project], info: Info[Any, Any]) -> Role:
        return models.Role(getattr(root, "found_role", None) or access.role_in(actor_of(info), root.pk))

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
        return None if is_own_invitation else root.project  # type: ignore[return-value]

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
