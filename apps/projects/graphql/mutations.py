from __future__ import annotations

from typing import Any

import strawberry
from strawberry import Info

from apps.common.graphql.context import actor_of
from apps.common.graphql.edits import EditInput
from apps.common.graphql.mutations import Payload, mutation
from apps.projects import access, models
from apps.projects.graphql.account_mutations import AccountMutations
from apps.projects.graphql.member_mutations import MemberMutations
from apps.projects.graphql.types import Project
from apps.projects.models import Role
from apps.projects.services import projects


@strawberry.type
class ProjectPayload(Payload):
    project: Project | None = None


@strawberry.type
class GetOrCreateProjectPayload(Payload):
    project: Project | None = None
    created: bool = False


@strawberry.type
class DeleteProjectPayload(Payload):
    """The project is gone at once; what belonged to it is cleared away in the background."""


@strawberry.input
class CreateProjectInput:
    name: str
    description: str = ""


@strawberry.input
class GetOrCreateProjectInput:
    name: str = strawberry.field(description="`MNIST` in your namespace, or exactly `alice/MNIST`.")


@strawberry.input
class RenameProjectInput(EditInput):
    name: str


@strawberry.input
class UpdateProjectInput(EditInput):
    description: str


@strawberry.input
class DeleteProjectInput:
    id: strawberry.ID
    confirm_name: str = strawberry.field(description="The project's name, typed again.")


@strawberry.type
class ProjectsMutation(MemberMutations, AccountMutations):
    @mutation(ProjectPayload)
    def create_project(self, info: Info[Any, Any], input: CreateProjectInput) -> ProjectPayload:
        project = projects.create_project(actor=actor_of(info), name=input.name, description=input.description)
        return ProjectPayload(project=project)

    @mutation(GetOrCreateProjectPayload)
    def get_or_create_project(self, info: Info[Any, Any], input: GetOrCreateProjectInput) -> GetOrCreateProjectPayload:
        found = projects.get_or_create_project(actor=actor_of(info), name=input.name)
        return GetOrCreateProjectPayload(project=found.project, created=found.created)

    @mutation(ProjectPayload)
    def rename_project(self, info: Info[Any, Any], input: RenameProjectInput) -> ProjectPayload:
        actor = actor_of(info)
        project = access.get(actor, models.Project, input.id, at_least=Role.OWNER)
        project = projects.rename_project(
            actor=actor, project=project, name=input.name, expected_version=input.expected_version
        )
        return ProjectPayload(project=project)

    @mutation(ProjectPayload)
    def update_project(self, info: Info[Any, Any], input: UpdateProjectInput) -> ProjectPayload:
        actor = actor_of(info)
        project = access.get(actor, models.Project, input.id, at_least=Role.OWNER)
        project = projects.update_project(
            actor=actor, project=project, description=input.description, expected_version=input.expected_version
        )
        return ProjectPayload(project=project)

    @mutation(DeleteProjectPayload)
    def delete_project(self, info: Info[Any, Any], input: DeleteProjectInput) -> DeleteProjectPayload:
        actor = actor_of(info)
        project = access.get(actor, models.Project, input.id, at_least=Role.OWNER)
        projects.delete_project(actor=actor, project=project, confirm_name=input.confirm_name)
        return DeleteProjectPayload()
