from __future__ import annotations

import strawberry
from strawberry import ID

from apps.common.graphql.edits import EditInput
from apps.datasets.graphql.types import DatasetKind
from apps.datasets.models import DatasetKind as Kind


@strawberry.input
class CreateDatasetInput:
    project_id: ID
    name: str
    kind: DatasetKind = Kind.OTHER


@strawberry.input
class GetOrCreateDatasetInput:
    project_id: ID
    name: str
    kind: DatasetKind | None = strawberry.field(
        default=None, description="Another kind than the stored one is an error; null takes any."
    )


@strawberry.input
class RenameDatasetInput(EditInput):
    name: str


@strawberry.input
class ChangeDatasetKindInput(EditInput):
    kind: DatasetKind


@strawberry.input
class DeleteDatasetInput:
    id: ID
    confirm_name: str = strawberry.field(description="The dataset's exact name.")


@strawberry.input
class CreateCategoryInput:
    project_id: ID
    name: str


@strawberry.input
class GetOrCreateCategoryInput:
    project_id: ID
    name: str


@strawberry.input
class UpdateCategoryInput(EditInput):
    colour: int = strawberry.field(description="Index into the categorical palette.")


@strawberry.input
class RenameCategoryInput(EditInput):
    name: str


@strawberry.input
class DeleteCategoryInput:
    id: ID


@strawberry.input
class CreateTagInput:
    project_id: ID
    name: str


@strawberry.input
class GetOrCreateTagInput:
    project_id: ID
    name: str


@strawberry.input
class RenameTagInput(EditInput):
    name: str


@strawberry.input
class DeleteTagInput:
    id: ID


@strawberry.input
class AddCommentInput:
    datapoint_id: ID
    text: str


@strawberry.input
class EditCommentInput(EditInput):
    text: str


@strawberry.input
class DeleteCommentInput:
    id: ID
