"""What happened to a datapoint and what people said of it."""

from __future__ import annotations

from typing import Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import Info, auto

from apps.accounts.graphql.types import User
from apps.common.graphql.context import actor_of
from apps.common.graphql.edits import edit_version
from apps.datasets import models
from apps.datasets.graphql.types.naming import Category
from apps.projects import access


@strawberry_django.type(models.LabelChange)
class LabelChange:
    """A change of a datapoint's label, by a person or by the source (`isLogged`)."""

    id: strawberry.ID
    from_category: Category | None
    to_category: Category | None
    by: User | None
    is_logged: auto
    action: strawberry.ID = strawberry_django.field(description="The changes of one action share it; undo names it.")
    why: auto
    at: auto

    @classmethod
    def get_queryset(cls, queryset: QuerySet[models.LabelChange], info: Info[Any, Any]) -> QuerySet[models.LabelChange]:
        return access.visible(actor_of(info), queryset)


@strawberry_django.type(models.Comment)
class Comment:
    """A remark on a datapoint."""

    id: strawberry.ID
    author: User | None
    text: auto
    at: auto
    edit_version: int = edit_version()

    @classmethod
    def get_queryset(cls, queryset: QuerySet[models.Comment], info: Info[Any, Any]) -> QuerySet[models.Comment]:
        return access.visible(actor_of(info), queryset)
