"""Trained models and layers as a log names them, made where they are missing."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from apps.lineage.models import Layer, LayerSet, ModelArchitecture, TrainedModel
from apps.projects.journal import record_change
from apps.projects.models import Project

# A log names a layer alone; layers logged so form one set.
LAYER_SET = "default"


@transaction.atomic
def get_or_create_trained_model(*, project: Project, model: str, version: str, id: UUID | None = None) -> TrainedModel:
    """The trained model of this name and version; where it is new it gets the id, if one is given."""
    architecture, created = ModelArchitecture.objects.get_or_create(project=project, name=model)
    if created:
        record_change(project, kind="created", target=architecture)
    trained_model, created = TrainedModel.objects.get_or_create(
        model_architecture=architecture, version=version, defaults={"id": id} if id else {}
    )
    if created:
        record_change(project, kind="created", target=trained_model)
    return trained_model


@transaction.atomic
def get_or_create_layer(*, project: Project, model: str, version: str, layer: str) -> Layer:
    """The layer of this name in any layer set of the trained model, else a new one in the default set."""
    trained_model = get_or_create_trained_model(project=project, model=model, version=version)
    found = find_layer(project=project, model=model, version=version, layer=layer)
    if found is not None:
        return found
    layer_set, _ = LayerSet.objects.get_or_create(trained_model=trained_model, name=LAYER_SET)
    made = Layer.objects.create(layer_set=layer_set, name=layer)
    record_change(project, kind="created", target=made)
    return made


def find_layer(*, project: Project, model: str, version: str, layer: str) -> Layer | None:
    """Where several layer sets have a layer of this name, the oldest counts."""
    layers = Layer.objects.filter(
        name=layer,
        layer_set__trained_model__version=version,
        layer_set__trained_model__model_architecture__name=model,
        layer_set__trained_model__model_architecture__project=project,
    )
    return layers.order_by("created_at", "id").first()
