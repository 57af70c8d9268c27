from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import strawberry
from strawberry import ID, Info
from strawberry.scalars import JSON

from apps.common.graphql.connections import ChromaConnection, connection
from apps.common.graphql.context import actor_of
from apps.datasets.graphql.types import DatapointRole
from apps.datasets.querysets import containing, of_project
from apps.projections import methods, models, querysets
from apps.projections.authorised import parameters_of, sources_for
from apps.projections.estimate import estimate_projection
from apps.projections.graphql.methods import (
    ProjectionEstimate,
    ProjectionMethod,
    describe_estimate,
    describe_method,
)
from apps.projections.graphql.types import ProjectionSet, Projector
from apps.projects import access
from apps.projects.models import Role


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
        return [describe_method(method) for method in methods.METHODS.values()]

    @strawberry.field(description="How long runProjection would take with these arguments, and how much memory.")
    def projection_estimate(
        self,
        info: Info[Any, Any],
        embedding_set_ids: list[ID],
        method: str,
        parameters: JSON | None = None,
        role: DatapointRole | None = None,
    ) -> ProjectionEstimate:
        found = estimate_projection(
            embedding_sets=sources_for(actor_of(info), embedding_set_ids, at_least=Role.VIEWER),
            method=method,
            parameters=parameters_of(parameters),
            role=role,
        )
        return describe_estimate(found)
