from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import strawberry
from strawberry import ID, Info

from apps.common.graphql.connections import ChromaConnection, connection
from apps.common.graphql.context import actor_of
from apps.datasets.querysets import of_dataset, of_project
from apps.lineage import models
from apps.lineage.graphql.types import InferenceSet, Layer, LayerSet, ModelArchitecture, TrainedModel
from apps.projects import access


@strawberry.type
class LineageQuery:
    @connection(ChromaConnection[ModelArchitecture])
    def model_architectures(self, project_id: ID | None = None) -> Iterable[ModelArchitecture]:
        return of_project(models.ModelArchitecture, project_id)

    @strawberry.field
    def model_architecture(self, info: Info[Any, Any], id: ID) -> ModelArchitecture | None:
        return access.get(actor_of(info), models.ModelArchitecture, id)

    @connection(ChromaConnection[TrainedModel])
    def trained_models(self, project_id: ID | None = None) -> Iterable[TrainedModel]:
        return of_project(models.TrainedModel, project_id)

    @strawberry.field
    def trained_model(self, info: Info[Any, Any], id: ID) -> TrainedModel | None:
        return access.get(actor_of(info), models.TrainedModel, id)

    @connection(ChromaConnection[LayerSet])
    def layer_sets(self, project_id: ID | None = None) -> Iterable[LayerSet]:
        return of_project(models.LayerSet, project_id)

    @strawberry.field
    def layer_set(self, info: Info[Any, Any], id: ID) -> LayerSet | None:
        return access.get(actor_of(info), models.LayerSet, id)

    @connection(ChromaConnection[Layer])
    def layers(self, project_id: ID | None = None) -> Iterable[Layer]:
        return of_project(models.Layer, project_id)

    @strawberry.field
    def layer(self, info: Info[Any, Any], id: ID) -> Layer | None:
        return access.get(actor_of(info), models.Layer, id)

    @connection(ChromaConnection[InferenceSet])
    def inference_sets(self, project_id: ID | None = None, dataset_id: ID | None = None) -> Iterable[InferenceSet]:
        return of_dataset(of_project(models.InferenceSet, project_id), dataset_id)

    @strawberry.field
    def inference_set(self, info: Info[Any, Any], id: ID) -> InferenceSet | None:
        return access.get(actor_of(info), models.InferenceSet, id)
