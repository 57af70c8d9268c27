from __future__ import annotations

from typing import Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import Info, auto
from strawberry.scalars import JSON

from apps.accounts.graphql.types import User
from apps.analysis import models, services
from apps.common.graphql.context import actor_of
from apps.common.graphql.edits import edit_version
from apps.datasets.graphql.types import Dataset
from apps.jobs.graphql.types import Job
from apps.projects import access
from apps.projects.graphql.types import Project

AnalysisKind = strawberry.enum(models.AnalysisKind)
ScoreDirection = strawberry.enum(models.ScoreDirection, description="Which end of a score asks to be looked at.")
MatchMethod = strawberry.enum(services.MatchMethod, description="How boxes are assigned one to one.")


@strawberry_django.type(models.Analysis)
class Analysis:
    """A computation that gives datapoints scores. It has them once its job is done."""

    id: strawberry.ID
    project: Project
    kind: AnalysisKind
    name: auto
    edit_version: int = edit_version()
    parameters: JSON = strawberry_django.field(description="What was asked, with the names that things had then.")
    summary: JSON = strawberry_django.field(description="What came out, in numbers.")
    notes: list[str] = strawberry_django.field(description="Sentences to be read beside the numbers.")
    job: Job | None
    created_by: User | None
    created_at: auto
    finished_at: auto
    score_sets: list[ScoreSet]

    @classmethod
    def get_queryset(cls, queryset: QuerySet[models.Analysis], info: Info[Any, Any]) -> QuerySet[models.Analysis]:
        return access.visible(actor_of(info), queryset)


@strawberry_django.type(models.ScoreSet)
class ScoreSet:
    """One number for each of many datapoints of one dataset, with a stated direction."""

    id: strawberry.ID
    analysis: Analysis
    dataset: Dataset
    name: str = strawberry_django.field(description="For programs; the same in every analysis of a kind.")
    title: auto
    description: auto
    direction: ScoreDirection
    unit: auto
    low: float | None = strawberry_django.field(description="The least it may be; null where nothing bounds it.")
    high: float | None = strawberry_django.field(description="The most it may be; null where nothing bounds it.")
    values: list[str] | None = strawberry_django.field(
        description="What an enumerated score may be; its number is the place in this list."
    )
    score_count: int

    @strawberry_django.field(
        select_related=["column"], only=["column__version"], description="Rises with every change of the scores."
    )
    def version(self, root: strawberry.Parent[models.ScoreSet]) -> int:
        return root.column.version

    @classmethod
    def get_queryset(cls, queryset: QuerySet[models.ScoreSet], info: Info[Any, Any]) -> QuerySet[models.ScoreSet]:
        return access.visible(actor_of(info), queryset)


@strawberry.type
class Score:
    """What a score set says of one datapoint."""

    score_set: ScoreSet
    value: float
    text: str | None = strawberry.field(description="The value's name, where the score is enumerated.")
