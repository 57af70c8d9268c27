from __future__ import annotations

from typing import Any

import strawberry
import strawberry_django
from strawberry import Info, auto

from apps.accounts import models
from apps.common.graphql.context import actor_or_none

TokenScope = strawberry.enum(models.TokenScope)


@strawberry_django.type(models.User)
class User:
    """Somebody who signs in. Of others only the name is shown."""

    id: strawberry.ID
    username: auto
    is_staff: auto

    @strawberry_django.field(only=["email"], description="Your own address; null for others.")
    def email(self, root: strawberry.Parent[models.User], info: Info[Any, Any]) -> str | None:
        actor = actor_or_none(info)
        return root.email if actor and actor.user.pk == root.pk else None
