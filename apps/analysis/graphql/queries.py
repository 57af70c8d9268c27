from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import strawberry
from strawberry import ID, Info

from apps.analysis import models
from apps.analysis.graphql.types import Analysis, ScoreSet
from apps.common.graphql.connections import ChromaConnection, connection
from apps.common.graphql.context import actor_of
from apps.datasets.querysets import containing, of_dataset, of_project
from apps.projects import access


@strawberry.type
class AnalysisQuery:
    @connection(ChromaConnection[Analysis], description="Analyses, the newest first.")
    def analyses(self, project_id: ID | None = None, search: str | None = None) -> Iterable[Analysis]:
        return containing(of_project(models.Analysis, project_id), search)

    @strawberry.field
    def analysis(self, info: Info[Any, Any], id: ID) -> Analysis | None:
        return access.get(actor_of(info), models.Analysis, id)

    @connection(ChromaConnection[ScoreSet])
    def score_sets(self, project_id: ID | None = None, dataset_id: ID | None = None) -> Iterable[ScoreSet]:
        return of_dataset(of_project(models.ScoreSet, project_id), dataset_id)

    @strawberry.field
    def score_set(self, info: Info[Any, Any], id: ID) -> ScoreSet | None:
        return access.get(actor_of(info), models.ScoreSet, id)
