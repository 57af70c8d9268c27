from __future__ import annotations

from typing import Any

import strawberry
from django.contrib.auth import update_session_auth_hash
from strawberry import Info

from apps.accounts.models import ApiToken as ApiTokenModel
from apps.common.graphql.context import actor_of
from apps.common.graphql.mutations import Payload, mutation
from apps.projects import access, models
from apps.projects.graphql.token_types import ApiToken, TokenScope
from apps.projects.services import passwords, tokens


@strawberry.type
class ApiTokenPayload(Payload):
    api_token: ApiToken | None = None


@strawberry.type
class CreateApiTokenPayload(Payload):
    api_token: ApiToken | None = None
    secret: str | None = strawberry.field(default=None, description="Shown this once.")


@strawberry.type
class ChangePasswordPayload(Payload):
    """Your other sessions have ended."""


@strawberry.input
class CreateApiTokenInput:
    name: str
    scope: TokenScope
    expires_days: int | None = strawberry.field(default=None, description="1 to 365; null for a token without end.")
    project_id: strawberry.ID | None = strawberry.field(default=None, description="Limits the token to one project.")


@strawberry.input
class RevokeApiTokenInput:
    id: strawberry.ID


@strawberry.input
class ChangePasswordInput:
    current_password: str
    new_password: str


@strawberry.type
class AccountMutations:
    @mutation(CreateApiTokenPayload)
    def create_api_token(self, info: Info[Any, Any], input: CreateApiTokenInput) -> CreateApiTokenPayload:
        actor = actor_of(info)
        project = None if input.project_id is None else access.get(actor, models.Project, input.project_id)
        token, secret = tokens.create_api_token(
            actor=actor, name=input.name, scope=input.scope, expires_days=input.expires_days, project=project
        )
        return CreateApiTokenPayload(api_token=token, secret=secret)

    @mutation(ApiTokenPayload)
    def revoke_api_token(self, info: Info[Any, Any], input: RevokeApiTokenInput) -> ApiTokenPayload:
        actor = actor_of(info)
        token = access.get_own(access.own_tokens(actor, ApiTokenModel.objects.all()), input.id)
        return ApiTokenPayload(api_token=tokens.revoke_api_token(actor=actor, token=token))

    @mutation(ChangePasswordPayload)
    def change_password(self, info: Info[Any, Any], input: ChangePasswordInput) -> ChangePasswordPayload:
        user = passwords.change_password(
            actor=actor_of(info), current_password=input.current_password, new_password=input.new_password
        )
        update_session_auth_hash(info.context.request, user)
        return ChangePasswordPayload()
