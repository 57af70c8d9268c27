from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import strawberry
from strawberry import ID, Info

from apps.common.graphql.connections import ChromaConnection, connection
from apps.common.graphql.context import actor_of
from apps.datasets.querysets import containing, of_project
from apps.projections import methods, models, querysets
from apps.projections.graphql.types import ProjectionMethod, ProjectionParameter, ProjectionSet, Projector
from apps.projects import access


@strawberry.type
class ProjectionsQuery:
    @connection(ChromaConnection[ProjectionSet], description="Maps, the newest first.")
    def projection_sets(
        self, project_id: ID | None = None, search: str | None = None, embedding_set_id: ID | None = None
    ) -> Iterable[ProjectionSet]:
        maps = containing(of_project(models.ProjectionSet, project_id), search)
        return maps if embedding_set_id is None else querysets.made_from(maps, embedding_set_id)

    @strawberry.field
    def projection_set(self, info: Info[Any, Any], id: ID) -> ProjectionSet | None:
        return access.get(actor_of(info), models.ProjectionSet, id)

    @connection(ChromaConnection[Projector])
    def projectors(self, project_id: ID | None = None) -> Iterable[Projector]:
        return of_project(models.Projector, project_id)

    @strawberry.field
    def projector(self, info: Info[Any, Any], id: ID) -> Projector | None:
        return access.get(actor_of(info), models.Projector, id)

    @strawberry.field(description="The methods that runProjection knows, with the bounds of their parameters.")
    def projection_methods(self, info: Info[Any, Any]) -> list[ProjectionMethod]:
        actor_of(info)
        return [_described(method) for method in methods.METHODS.values()]


def _described(method: methods.Method) -> ProjectionMethod:
    return ProjectionMethod(
        name=method.name,
        title=method.title,
        description=method.description,
        parameters=[ProjectionParameter(**asdict(parameter)) for parameter in method.parameters],
    )
