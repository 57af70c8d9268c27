from __future__ import annotations

from typing import Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import Info, auto

from apps.accounts.models import ApiToken as ApiTokenModel
from apps.accounts.models import TokenScope as TokenScopeChoices
from apps.common.graphql.context import actor_of
from apps.projects import access, models
from apps.projects.graphql.types import Project

TokenScope = strawberry.enum(TokenScopeChoices)


@strawberry_django.type(ApiTokenModel)
class ApiToken:
    """A secret by which a program acts as you. The secret is shown once, when the token is made."""

    id: strawberry.ID
    name: auto
    prefix: auto
    scope: TokenScope
    created_at: auto
    expires_at: auto
    revoked_at: auto
    last_used_at: auto

    @strawberry_django.field(only=["project_id"], description="The one project that the token is limited to.")
    def project(self, root: strawberry.Parent[ApiTokenModel], info: Info[Any, Any]) -> Project | None:
        if root.project_id is None:
            return None
        return access.visible(actor_of(info), models.Project.objects.filter(pk=root.project_id)).first()

    @classmethod
    def get_queryset(cls, queryset: QuerySet[ApiTokenModel], info: Info[Any, Any]) -> QuerySet[ApiTokenModel]:
        return access.own_tokens(actor_of(info), queryset)
