"""Exports in GraphQL: ask for one, look at it, delete it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import ID, Info, auto
from strawberry.scalars import JSON

from apps.accounts.actor import Actor
from apps.accounts.graphql.types import User
from apps.common.errors import BadUserInput, LimitExceeded
from apps.common.graphql.connections import ChromaConnection, connection
from apps.common.graphql.context import actor_of
from apps.common.graphql.mutations import DeletedPayload, Payload, mutation
from apps.curation import models
from apps.curation.exports.addresses import address_of, size_of
from apps.curation.exports.scope import Scope
from apps.curation.exports.services import EMBEDDING_SETS, MOST_EMBEDDING_SETS, create_export, delete_export
from apps.datasets.models import Dataset, Slice
from apps.datasets.querysets import containing, of_project
from apps.embeddings.models import EmbeddingSet
from apps.jobs.graphql.types import Job
from apps.projects import access
from apps.projects.graphql.types import Project
from apps.projects.models import Project as ProjectModel

ExportFormat = strawberry.enum(models.ExportFormat)


@strawberry_django.type(models.Export)
class Export:
    """Datapoints as a file, made by a job and kept for a week."""

    id: strawberry.ID
    project: Project
    format: ExportFormat
    scope: JSON = strawberry_django.field(description="What was asked for, with the names that things had then.")
    file_name: auto
    row_count: int | None = strawberry_django.field(description="Null until the job is done.")
    job: Job | None
    created_by: User | None
    created_at: auto
    expires_at: auto

    @strawberry_django.field(only=["path", "size"], description="Null until the job is done.")
    def byte_size(self, root: strawberry.Parent[models.Export]) -> float | None:
        return size_of(root)

    @strawberry_django.field(
        only=["path", "expires_at"], description="Null until the job is done, and once the export has expired."
    )
    def download_url(self, root: strawberry.Parent[models.Export]) -> str | None:
        return address_of(root)

    @classmethod
    def get_queryset(cls, queryset: QuerySet[models.Export], info: Info[Any, Any]) -> QuerySet[models.Export]:
        return access.visible(actor_of(info), queryset)


@strawberry.input
class CreateExportInput:
    project_id: ID
    format: ExportFormat
    dataset_id: ID | None = strawberry.field(default=None, description="Exactly one of dataset, slice and selection.")
    slice_id: ID | None = None
    selection_id: ID | None = None
    embedding_set_ids: list[ID] = strawberry.field(default_factory=list, description="Whose vectors to add.")
    include_objects: bool = strawberry.field(default=True, description="The objects inside of the datapoints, too.")
    spreadsheet_safe: bool = strawberry.field(
        default=True, description="CSV: put an apostrophe before texts that spreadsheets would run as formulas."
    )


@strawberry.input
class DeleteExportInput:
    id: ID


@strawberry.type
class ExportPayload(Payload):
    export: Export | None = None


@strawberry.type
class ExportsQuery:
    @connection(ChromaConnection[Export], description="Exports, the newest first.")
    def exports(self, project_id: ID | None = None, search: str | None = None) -> Iterable[Export]:
        return containing(of_project(models.Export, project_id), search, "file_name")

    @strawberry.field
    def export(self, info: Info[Any, Any], id: ID) -> Export | None:
        return access.get(actor_of(info), models.Export, id)


@strawberry.type
class ExportMutations:
    @mutation(ExportPayload)
    def create_export(self, info: Info[Any, Any], input: CreateExportInput) -> ExportPayload:
        actor = actor_of(info)
        project = access.get(actor, ProjectModel, input.project_id)
        if len(input.embedding_set_ids) > MOST_EMBEDDING_SETS:
            raise LimitExceeded(f"An export takes at most {MOST_EMBEDDING_SETS} embedding sets.", field=EMBEDDING_SETS)
        scope = _scope(actor, input)
        if scope.project_id != project.pk:
            raise access.not_found(type(scope))
        export = create_export(
            actor=actor,
            scope=scope,
            format=models.ExportFormat(input.format),
            embedding_sets=[access.get(actor, EmbeddingSet, each) for each in input.embedding_set_ids],
            include_objects=input.include_objects,
            spreadsheet_safe=input.spreadsheet_safe,
        )
        return ExportPayload(export=export)

    @mutation(DeletedPayload)
    def delete_export(self, info: Info[Any, Any], input: DeleteExportInput) -> DeletedPayload:
        actor = actor_of(info)
        delete_export(actor=actor, export=access.get(actor, models.Export, input.id))
        return DeletedPayload(deleted_id=input.id)


def _scope(actor: Actor, input: CreateExportInput) -> Scope:
    given: dict[type[Scope], ID | None] = {
        Dataset: input.dataset_id,
        Slice: input.slice_id,
        models.Selection: input.selection_id,
    }
    named = [(model, pk) for model, pk in given.items() if pk is not None]
    if len(named) != 1:
        raise BadUserInput("Give exactly one of datasetId, sliceId and selectionId.", field="datasetId")
    [(model, pk)] = named
    return access.get(actor, model, pk)
