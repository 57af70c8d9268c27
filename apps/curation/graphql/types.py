"""Slices, with what is evaluated of them."""

from __future__ import annotations

from typing import Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import Info, auto
from strawberry.scalars import JSON

from apps.accounts.graphql.types import User
from apps.common.graphql.context import actor_of
from apps.common.graphql.edits import edit_version
from apps.curation import slice_facts
from apps.datasets import models
from apps.lineage.graphql.types import TrainedModel
from apps.projects import access
from apps.projects.graphql.types import Project


@strawberry_django.type(models.Slice)
class Slice:
    """A saved selection: a rule that follows the data, or frozen datapoints."""

    id: strawberry.ID
    project: Project
    name: auto
    description: auto
    rule: JSON | None = strawberry_django.field(description="Null where it is frozen.")
    version: int = strawberry_django.field(description="Rises with every change of the slice.")
    edit_version: int = edit_version("version")
    created_by: User | None
    created_at: auto
    updated_at: auto

    @strawberry_django.field(only=["rule"])
    def is_frozen(self, root: strawberry.Parent[models.Slice]) -> bool:
        return root.rule is None

    @strawberry_django.field(
        only=["rule"],
        select_related=["project"],
        description="The datapoints that it holds now; a rule is evaluated for it.",
    )
    def datapoint_count(self, root: strawberry.Parent[models.Slice]) -> int:
        return slice_facts.slice_count(root)

    @strawberry_django.field(
        only=["rule", "project_id"],
        description="Sentences to show beside it, such as that its rule names a deleted tag.",
    )
    def notes(self, root: strawberry.Parent[models.Slice]) -> list[str]:
        return slice_facts.slice_notes(root)

    @strawberry_django.field(only=["pk"], description="The models that were trained on it.")
    def trained_models(self, root: strawberry.Parent[models.Slice]) -> list[TrainedModel]:
        return slice_facts.models_trained_on(root)

    @classmethod
    def get_queryset(cls, queryset: QuerySet[models.Slice], info: Info[Any, Any]) -> QuerySet[models.Slice]:
        return access.visible(actor_of(info), queryset)
