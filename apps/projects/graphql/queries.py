from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import strawberry
from strawberry import Info

from apps.accounts.models import ApiToken as ApiTokenModel
from apps.common.graphql.connections import ChromaConnection, connection
from apps.common.graphql.context import actor_of
from apps.projects import access, models
from apps.projects.graphql.token_types import ApiToken
from apps.projects.graphql.types import AuditEntry, Membership, Project
from apps.projects.services.projects import find_project


@strawberry.type
class ProjectsQuery:
    @connection(ChromaConnection[Project], description="The projects that you are a member of.")
    def projects(self, info: Info[Any, Any]) -> Iterable[Project]:
        return models.Project.objects.all()

    @strawberry.field
    def project(self, info: Info[Any, Any], id: strawberry.ID) -> Project | None:
        return access.get(actor_of(info), models.Project, id)

    @strawberry.field
    def project_by_name(self, info: Info[Any, Any], namespace: str, name: str) -> Project | None:
        return find_project(actor=actor_of(info), namespace=namespace, name=name)

    @connection(ChromaConnection[Membership], description="The invitations that wait for your answer.")
    def invitations(self, info: Info[Any, Any]) -> Iterable[Membership]:
        return access.invitations(actor_of(info))

    @connection(ChromaConnection[Membership])
    def memberships(self, info: Info[Any, Any], project_id: strawberry.ID | None = None) -> Iterable[Membership]:
        return access.in_project(actor_of(info), models.Membership.objects.all(), project_id)

    @strawberry.field
    def membership(self, info: Info[Any, Any], id: strawberry.ID) -> Membership | None:
        rows = access.visible_memberships(actor_of(info), models.Membership.objects.all())
        return access.get_own(rows, id)

    @connection(ChromaConnection[AuditEntry], description="Who did what, newest first.")
    def audit_entries(self, info: Info[Any, Any], project_id: strawberry.ID | None = None) -> Iterable[AuditEntry]:
        return access.in_project(actor_of(info), models.AuditEntry.objects.all(), project_id)

    @strawberry.field
    def audit_entry(self, info: Info[Any, Any], id: strawberry.ID) -> AuditEntry | None:
        return access.get(actor_of(info), models.AuditEntry, id)

    @connection(ChromaConnection[ApiToken], description="Your own tokens.")
    def api_tokens(self, info: Info[Any, Any]) -> Iterable[ApiToken]:
        return ApiTokenModel.objects.all()

    @strawberry.field
    def api_token(self, info: Info[Any, Any], id: strawberry.ID) -> ApiToken | None:
        return access.get_own(access.own_tokens(actor_of(info), ApiTokenModel.objects.all()), id)
