from __future__ import annotations

import strawberry

from apps.common.graphql.mutations import Payload
from apps.lineage.graphql.types import Layer, LayerSet, ModelArchitecture, TrainedModel


@strawberry.type
class ModelArchitecturePayload(Payload):
    model_architecture: ModelArchitecture | None = None


@strawberry.type
class TrainedModelPayload(Payload):
    trained_model: TrainedModel | None = None


@strawberry.type
class GetOrCreateModelArchitecturePayload(Payload):
    model_architecture: ModelArchitecture | None = None
    created: bool = False


@strawberry.type
class GetOrCreateTrainedModelPayload(Payload):
    trained_model: TrainedModel | None = None
    created: bool = False


@strawberry.type
class LayerSetPayload(Payload):
    layer_set: LayerSet | None = None


@strawberry.type
class LayerPayload(Payload):
    layer: Layer | None = None
