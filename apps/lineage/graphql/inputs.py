from __future__ import annotations

import strawberry
from strawberry import ID

from apps.common.graphql.edits import EditInput

KEPT = "Null for unknown; what is left out stays."


@strawberry.input
class CreateModelArchitectureInput:
    project_id: ID
    name: str


@strawberry.input
class GetOrCreateModelArchitectureInput:
    project_id: ID
    name: str


@strawberry.input
class RenameModelArchitectureInput(EditInput):
    name: str


@strawberry.input
class DeleteModelArchitectureInput:
    id: ID


@strawberry.input
class CreateTrainedModelInput:
    model_architecture_id: ID
    version: str
    trained_on_dataset_id: ID | None = None
    trained_on_slice_id: ID | None = None


@strawberry.input
class GetOrCreateTrainedModelInput:
    model_architecture_id: ID
    version: str


@strawberry.input
class RenameTrainedModelInput(EditInput):
    version: str


@strawberry.input
class UpdateTrainedModelInput(EditInput):
    trained_on_dataset_id: ID | None = strawberry.field(default=strawberry.UNSET, description=KEPT)
    trained_on_slice_id: ID | None = strawberry.field(default=strawberry.UNSET, description=KEPT)


@strawberry.input
class DeleteTrainedModelInput:
    id: ID


@strawberry.input
class CreateLayerSetInput:
    trained_model_id: ID
    name: str


@strawberry.input
class RenameLayerSetInput(EditInput):
    name: str


@strawberry.input
class DeleteLayerSetInput:
    id: ID


@strawberry.input
class CreateLayerInput:
    layer_set_id: ID
    name: str


@strawberry.input
class RenameLayerInput(EditInput):
    name: str


@strawberry.input
class DeleteLayerInput:
    id: ID


@strawberry.input
class DeleteInferenceSetInput:
    id: ID
