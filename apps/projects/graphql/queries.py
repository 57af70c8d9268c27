from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import strawberry
from strawberry import Info

from apps.common.graphql.connections import ChromaConnection, connection
from apps.common.graphql.context import actor_of
from apps.projects import access, models
from apps.projects.graphql.types import AuditEntry, Membership, Project


@strawberry.type
class ProjectsQuery:
    @connection(ChromaConnection[Project], description="The projects that you are a member of.")
    def projects(self, info: Info[Any, Any]) -> Iterable[Project]:
        return models.Project.objects.all()  # type: ignore[return-value]

    @strawberry.field
    def project(self, info: Info[Any, Any], id: strawberry.ID) -> Project | None:
        return access.get(actor_of(info), models.Project, id)  # type: ignore[return-value]
