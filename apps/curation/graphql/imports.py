"""Imports in GraphQL: look at what was sent, say which column is what, start, delete."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import ID, Info, auto
from strawberry.scalars import JSON

from apps.accounts.graphql.types import User
from apps.common.graphql.connections import ChromaConnection, connection
from apps.common.graphql.context import actor_of
from apps.common.graphql.mutations import DeletedPayload, Payload, mutation
from apps.common.names import clean_name
from apps.curation import models
from apps.curation.column_names import ModelName
from apps.curation.imports.passes import DEFAULT
from apps.curation.imports.services import delete_import, start_import, state_of
from apps.datasets.graphql.types import Dataset, DatasetKind
from apps.datasets.querysets import containing, of_project
from apps.jobs.graphql.types import Job
from apps.projects import access
from apps.projects.graphql.types import Project
from apps.projects.models import Role

ImportFormat = strawberry.enum(models.ImportFormat)
ImportState = strawberry.enum(models.ImportState)


@strawberry.type
class ImportColumn:
    """A column of the file, and the field that it most likely is."""

    name: str
    kind: str = strawberry.field(description="number, integer, boolean, text, vector, list or json")
    samples: list[str]
    suggested_field: str | None


@strawberry.type(name="ImportError")
class ImportProblem:
    """What is wrong with a row, counted from 1; row 0 is the file as a whole."""

    row: int
    column: str
    message: str


@strawberry_django.type(models.Import)
class Import:
    """A file that was sent to be logged."""

    id: strawberry.ID
    project: Project
    file_name: auto
    row_count: int | None = strawberry_django.field(description="Null until the file was looked at.")
    error_count: int
    report: JSON | None = strawberry_django.field(description="How many datapoints were added, updated, unchanged …")
    dataset: Dataset | None
    job: Job | None
    created_by: User | None
    created_at: auto
    expires_at: auto

    @strawberry_django.field(only=["byte_count"])
    def byte_size(self, root: strawberry.Parent[models.Import]) -> float:
        return root.byte_count

    @strawberry_django.field(only=["format"], description="Null until the file was looked at.")
    def format(self, root: strawberry.Parent[models.Import]) -> ImportFormat | None:
        return models.ImportFormat(root.format) if root.format else None

    @strawberry_django.field(only=["state", "job__state"], select_related=["job"])
    def state(self, root: strawberry.Parent[models.Import]) -> ImportState:
        return models.ImportState(state_of(root))

    @strawberry_django.field(only=["columns"])
    def columns(self, root: strawberry.Parent[models.Import]) -> list[ImportColumn]:
        return [
            ImportColumn(
                name=each["name"], kind=each["kind"], samples=each["samples"], suggested_field=each["suggestedField"]
            )
            for each in root.columns
        ]

    @strawberry_django.field(only=["preview"], description="The first 20 rows, long values cut.")
    def preview(self, root: strawberry.Parent[models.Import]) -> list[JSON]:
        rows: list[JSON] = root.preview
        return rows

    @strawberry_django.field(only=["errors"], description="The first 100; errorCount says how many there are.")
    def errors(self, root: strawberry.Parent[models.Import]) -> list[ImportProblem]:
        return [ImportProblem(**each) for each in root.errors]

    @classmethod
    def get_queryset(cls, queryset: QuerySet[models.Import], info: Info[Any, Any]) -> QuerySet[models.Import]:
        return access.visible(actor_of(info), queryset)


@strawberry.input
class ImportMapping:
    column: str
    field: str = strawberry.field(description="key, label, text, metadata:<name>, … or skip; see the documentation.")


@strawberry.input
class StartImportInput:
    id: ID
    dataset_name: str = strawberry.field(description="A new name makes a new dataset, once all rows were checked.")
    dataset_kind: DatasetKind | None = None
    mapping: list[ImportMapping]
    model: str | None = strawberry.field(default=None, description="Whose inferences and embeddings these are.")
    version: str | None = None
    layer: str | None = None
    skip_bad_rows: bool = strawberry.field(default=False, description="Import the others rather than nothing.")


@strawberry.input
class DeleteImportInput:
    id: ID


@strawberry.type
class ImportPayload(Payload):
    import_: Import | None = strawberry.field(default=None, name="import")


@strawberry.type
class ImportsQuery:
    @connection(ChromaConnection[Import], description="Imports, the newest first.")
    def imports(self, project_id: ID | None = None, search: str | None = None) -> Iterable[Import]:
        return containing(of_project(models.Import, project_id), search, "file_name")

    @strawberry.field(name="import")
    def import_(self, info: Info[Any, Any], id: ID) -> Import | None:
        return access.get(actor_of(info), models.Import, id)


@strawberry.type
class ImportMutations:
    @mutation(ImportPayload)
    def start_import(self, info: Info[Any, Any], input: StartImportInput) -> ImportPayload:
        actor = actor_of(info)
        started = start_import(
            actor=actor,
            import_file=access.get(actor, models.Import, input.id, at_least=Role.EDITOR),
            dataset_name=input.dataset_name,
            dataset_kind=input.dataset_kind,
            mapping=[(each.column, each.field) for each in input.mapping],
            model=_model(input),
            skip_bad_rows=input.skip_bad_rows,
        )
        return ImportPayload(import_=started)

    @mutation(DeletedPayload)
    def delete_import(self, info: Info[Any, Any], input: DeleteImportInput) -> DeletedPayload:
        actor = actor_of(info)
        delete_import(actor=actor, import_file=access.get(actor, models.Import, input.id, at_least=Role.EDITOR))
        return DeletedPayload(deleted_id=input.id)


def _model(input: StartImportInput) -> ModelName:
    def clean(name: str, default: str) -> str:
        given = getattr(input, name)
        return clean_name(given, what=f"{name}=", field=name) if given else default

    return ModelName(clean("model", DEFAULT.model), clean("version", DEFAULT.version), clean("layer", DEFAULT.layer))
