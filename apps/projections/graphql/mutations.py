from __future__ import annotations

from typing import Any

import strawberry
from strawberry import ID, Info
from strawberry.scalars import JSON

from apps.common.graphql.context import actor_of
from apps.common.graphql.edits import EditInput
from apps.common.graphql.mutations import DeletedPayload, Payload, mutation
from apps.datasets.graphql.types import DatapointRole
from apps.projections import models, services, versions
from apps.projections.authorised import parameters_of, sources_for
from apps.projections.graphql.types import ProjectionSet
from apps.projections.stopping import stop_projection
from apps.projects import access
from apps.projects.models import Role


@strawberry.input
class RunProjectionInput:
    embedding_set_ids: list[ID]
    method: str
    parameters: JSON | None = None
    seed: int | None = strawberry.field(default=None, description="The same seed gives the same map again.")
    name: str | None = strawberry.field(default=None, description="Made up where it is not given.")
    role: DatapointRole | None = strawberry.field(
        default=None, description="Only contexts, or only objects; null for both."
    )


@strawberry.input
class PlaceNewDatapointsInput:
    id: ID = strawberry.field(description="The map that stays as it is; a new version of it is made.")
    name: str | None = strawberry.field(default=None, description="Made up where it is not given.")


@strawberry.input
class RefitProjectionInput:
    id: ID = strawberry.field(description="The map that the new version starts from and is laid over.")
    name: str | None = strawberry.field(default=None, description="Made up where it is not given.")
    embedding_set_ids: list[ID] | None = strawberry.field(
        default=None, description="Others of the same datasets, such as a newer model's; its own where not given."
    )


@strawberry.input
class StopProjectionInput:
    id: ID


@strawberry.input
class RenameProjectionSetInput(EditInput):
    name: str


@strawberry.input
class DeleteProjectionSetInput:
    id: ID


@strawberry.input
class DeleteProjectorInput:
    id: ID


@strawberry.type
class ProjectionSetPayload(Payload):
    projection_set: ProjectionSet | None = None


@strawberry.type
class ProjectionsMutation:
    @mutation(ProjectionSetPayload)
    def run_projection(self, info: Info[Any, Any], input: RunProjectionInput) -> ProjectionSetPayload:
        actor = actor_of(info)
        projection_set = services.run_projection(
            actor=actor,
            embedding_sets=sources_for(actor, input.embedding_set_ids),
            method=input.method,
            parameters=parameters_of(input.parameters),
            seed=input.seed,
            name=input.name,
            role=input.role,
        )
        return ProjectionSetPayload(projection_set=projection_set)

    @mutation(ProjectionSetPayload)
    def place_new_datapoints(self, info: Info[Any, Any], input: PlaceNewDatapointsInput) -> ProjectionSetPayload:
        actor = actor_of(info)
        projection_set = access.get(actor, models.ProjectionSet, input.id, at_least=Role.EDITOR)
        made = versions.place_new_datapoints(actor=actor, projection_set=projection_set, name=input.name)
        return ProjectionSetPayload(projection_set=made)

    @mutation(ProjectionSetPayload)
    def refit_projection(self, info: Info[Any, Any], input: RefitProjectionInput) -> ProjectionSetPayload:
        actor = actor_of(info)
        projection_set = access.get(actor, models.ProjectionSet, input.id, at_least=Role.EDITOR)
        ids = input.embedding_set_ids
        made = versions.refit_projection(
            actor=actor,
            projection_set=projection_set,
            embedding_sets=None if ids is None else sources_for(actor, ids),
            name=input.name,
        )
        return ProjectionSetPayload(projection_set=made)

    @mutation(ProjectionSetPayload)
    def stop_projection(self, info: Info[Any, Any], input: StopProjectionInput) -> ProjectionSetPayload:
        actor = actor_of(info)
        projection_set = access.get(actor, models.ProjectionSet, input.id, at_least=Role.EDITOR)
        return ProjectionSetPayload(projection_set=stop_projection(actor=actor, projection_set=projection_set))

    @mutation(ProjectionSetPayload)
    def rename_projection_set(self, info: Info[Any, Any], input: RenameProjectionSetInput) -> ProjectionSetPayload:
        actor = actor_of(info)
        projection_set = access.get(actor, models.ProjectionSet, input.id, at_least=Role.EDITOR)
        renamed = services.rename_projection_set(
            actor=actor, projection_set=projection_set, name=input.name, expected_version=input.expected_version
        )
        return ProjectionSetPayload(projection_set=renamed)

    @mutation(DeletedPayload)
    def delete_projection_set(self, info: Info[Any, Any], input: DeleteProjectionSetInput) -> DeletedPayload:
        actor = actor_of(info)
        projection_set = access.get(actor, models.ProjectionSet, input.id, at_least=Role.EDITOR)
        services.delete_projection_set(actor=actor, projection_set=projection_set)
        return DeletedPayload(deleted_id=input.id)

    @mutation(DeletedPayload)
    def delete_projector(self, info: Info[Any, Any], input: DeleteProjectorInput) -> DeletedPayload:
        actor = actor_of(info)
        projector = access.get(actor, models.Projector, input.id, at_least=Role.EDITOR)
        services.delete_projector(actor=actor, projector=projector)
        return DeletedPayload(deleted_id=input.id)
