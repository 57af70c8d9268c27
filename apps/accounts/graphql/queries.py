from __future__ import annotations

from typing import Any

import strawberry
from strawberry import Info

from apps.accounts.graphql.types import User
from apps.common.graphql.context import actor_or_none


@strawberry.type
class AccountsQuery:
    @strawberry.field(description="Who you are signed in as; null when nobody.")
    def me(self, info: Info[Any, Any]) -> User | None:
        actor = actor_or_none(info)
        return actor.user if actor else None
