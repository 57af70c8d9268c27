from __future__ import annotations

from typing import Any, TypeVar

import strawberry
from django.db.models import Model
from strawberry import Info

from apps.accounts.actor import Actor
from apps.common.graphql.context import actor_of
from apps.common.graphql.mutations import DeletedPayload, mutation
from apps.datasets.models import Dataset, Slice
from apps.lineage import models, services
from apps.lineage.graphql import inputs
from apps.lineage.graphql.payloads import (
    GetOrCreateModelArchitecturePayload,
    GetOrCreateTrainedModelPayload,
    LayerPayload,
    LayerSetPayload,
    ModelArchitecturePayload,
    TrainedModelPayload,
)
from apps.projects import access
from apps.projects.models import Project, Role

M = TypeVar("M", bound=Model)


@strawberry.type
class LineageMutation:
    @mutation(ModelArchitecturePayload)
    def create_model_architecture(
        self, info: Info[Any, Any], input: inputs.CreateModelArchitectureInput
    ) -> ModelArchitecturePayload:
        actor = actor_of(info)
        project = access.get(actor, Project, input.project_id, at_least=Role.EDITOR)
        architecture = services.create_model_architecture(actor=actor, project=project, name=input.name)
        return ModelArchitecturePayload(model_architecture=architecture)

    @mutation(GetOrCreateModelArchitecturePayload)
    def get_or_create_model_architecture(
        self, info: Info[Any, Any], input: inputs.GetOrCreateModelArchitectureInput
    ) -> GetOrCreateModelArchitecturePayload:
        actor = actor_of(info)
        project = access.get(actor, Project, input.project_id)
        found, created = services.get_or_create_model_architecture(actor=actor, project=project, name=input.name)
        return GetOrCreateModelArchitecturePayload(model_architecture=found, created=created)

    @mutation(ModelArchitecturePayload)
    def rename_model_architecture(
        self, info: Info[Any, Any], input: inputs.RenameModelArchitectureInput
    ) -> ModelArchitecturePayload:
        actor = actor_of(info)
        architecture = access.get(actor, models.ModelArchitecture, input.id, at_least=Role.EDITOR)
        renamed = services.rename_model_architecture(
            actor=actor, architecture=architecture, name=input.name, expected_version=input.expected_version
        )
        return ModelArchitecturePayload(model_architecture=renamed)

    @mutation(DeletedPayload)
    def delete_model_architecture(
        self, info: Info[Any, Any], input: inputs.DeleteModelArchitectureInput
    ) -> DeletedPayload:
        actor = actor_of(info)
        architecture = access.get(actor, models.ModelArchitecture, input.id, at_least=Role.OWNER)
        services.delete_model_architecture(actor=actor, architecture=architecture)
        return DeletedPayload(deleted_id=input.id)

    @mutation(TrainedModelPayload)
    def create_trained_model(self, info: Info[Any, Any], input: inputs.CreateTrainedModelInput) -> TrainedModelPayload:
        actor = actor_of(info)
        architecture = access.get(actor, models.ModelArchitecture, input.model_architecture_id, at_least=Role.EDITOR)
        trained_model = services.create_trained_model(
            actor=actor,
            architecture=architecture,
            version=input.version,
            trained_on_dataset=_named(actor, Dataset, input.trained_on_dataset_id),
            trained_on_slice=_named(actor, Slice, input.trained_on_slice_id),
        )
        return TrainedModelPayload(trained_model=trained_model)

    @mutation(GetOrCreateTrainedModelPayload)
    def get_or_create_trained_model(
        self, info: Info[Any, Any], input: inputs.GetOrCreateTrainedModelInput
    ) -> GetOrCreateTrainedModelPayload:
        actor = actor_of(info)
        architecture = access.get(actor, models.ModelArchitecture, input.model_architecture_id)
        found, created = services.get_or_create_trained_model_of(
            actor=actor, architecture=architecture, version=input.version
        )
        return GetOrCreateTrainedModelPayload(trained_model=found, created=created)

    @mutation(TrainedModelPayload)
    def rename_trained_model(self, info: Info[Any, Any], input: inputs.RenameTrainedModelInput) -> TrainedModelPayload:
        actor = actor_of(info)
        trained_model = access.get(actor, models.TrainedModel, input.id, at_least=Role.EDITOR)
        renamed = services.rename_trained_model(
            actor=actor, trained_model=trained_model, version=input.version, expected_version=input.expected_version
        )
        return TrainedModelPayload(trained_model=renamed)

    @mutation(TrainedModelPayload)
    def update_trained_model(self, info: Info[Any, Any], input: inputs.UpdateTrainedModelInput) -> TrainedModelPayload:
        actor = actor_of(info)
        trained_model = access.get(actor, models.TrainedModel, input.id, at_least=Role.EDITOR)
        updated = services.update_trained_model(
            actor=actor,
            trained_model=trained_model,
            trained_on=_trained_on(actor, input),
            expected_version=input.expected_version,
        )
        return TrainedModelPayload(trained_model=updated)

    @mutation(DeletedPayload)
    def delete_trained_model(self, info: Info[Any, Any], input: inputs.DeleteTrainedModelInput) -> DeletedPayload:
        actor = actor_of(info)
        trained_model = access.get(actor, models.TrainedModel, input.id, at_least=Role.OWNER)
        services.delete_trained_model(actor=actor, trained_model=trained_model)
        return DeletedPayload(deleted_id=input.id)

    @mutation(LayerSetPayload)
    def create_layer_set(self, info: Info[Any, Any], input: inputs.CreateLayerSetInput) -> LayerSetPayload:
        actor = actor_of(info)
        trained_model = access.get(actor, models.TrainedModel, input.trained_model_id, at_least=Role.EDITOR)
        layer_set = services.create_layer_set(actor=actor, trained_model=trained_model, name=input.name)
        return LayerSetPayload(layer_set=layer_set)

    @mutation(LayerSetPayload)
    def rename_layer_set(self, info: Info[Any, Any], input: inputs.RenameLayerSetInput) -> LayerSetPayload:
        actor = actor_of(info)
        layer_set = access.get(actor, models.LayerSet, input.id, at_least=Role.EDITOR)
        renamed = services.rename_layer_set(
            actor=actor, layer_set=layer_set, name=input.name, expected_version=input.expected_version
        )
        return LayerSetPayload(layer_set=renamed)

    @mutation(DeletedPayload)
    def delete_layer_set(self, info: Info[Any, Any], input: inputs.DeleteLayerSetInput) -> DeletedPayload:
        actor = actor_of(info)
        layer_set = access.get(actor, models.LayerSet, input.id, at_least=Role.OWNER)
        services.delete_layer_set(actor=actor, layer_set=layer_set)
        return DeletedPayload(deleted_id=input.id)

    @mutation(LayerPayload)
    def create_layer(self, info: Info[Any, Any], input: inputs.CreateLayerInput) -> LayerPayload:
        actor = actor_of(info)
        layer_set = access.get(actor, models.LayerSet, input.layer_set_id, at_least=Role.EDITOR)
        return LayerPayload(layer=services.create_layer(actor=actor, layer_set=layer_set, name=input.name))

    @mutation(LayerPayload)
    def rename_layer(self, info: Info[Any, Any], input: inputs.RenameLayerInput) -> LayerPayload:
        actor = actor_of(info)
        layer = access.get(actor, models.Layer, input.id, at_least=Role.EDITOR)
        renamed = services.rename_layer(
            actor=actor, layer=layer, name=input.name, expected_version=input.expected_version
        )
        return LayerPayload(layer=renamed)

    @mutation(DeletedPayload)
    def delete_layer(self, info: Info[Any, Any], input: inputs.DeleteLayerInput) -> DeletedPayload:
        actor = actor_of(info)
        layer = access.get(actor, models.Layer, input.id, at_least=Role.OWNER)
        services.delete_layer(actor=actor, layer=layer)
        return DeletedPayload(deleted_id=input.id)

    @mutation(DeletedPayload)
    def delete_inference_set(self, info: Info[Any, Any], input: inputs.DeleteInferenceSetInput) -> DeletedPayload:
        actor = actor_of(info)
        inference_set = access.get(actor, models.InferenceSet, input.id, at_least=Role.OWNER)
        services.delete_inference_set(actor=actor, inference_set=inference_set)
        return DeletedPayload(deleted_id=input.id)


def _trained_on(actor: Actor, input: inputs.UpdateTrainedModelInput) -> services.TrainedOn:
    named = services.TrainedOn()
    if input.trained_on_dataset_id is not strawberry.UNSET:
        named["trained_on_dataset"] = _named(actor, Dataset, input.trained_on_dataset_id)
    if input.trained_on_slice_id is not strawberry.UNSET:
        named["trained_on_slice"] = _named(actor, Slice, input.trained_on_slice_id)
    return named


def _named(actor: Actor, model: type[M], id: str | None) -> M | None:
    return access.get(actor, model, id) if id is not None else None
