from __future__ import annotations

from django.db import models, transaction

from apps.accounts.actor import Actor
from apps.common.conflicts import refuse_duplicate
from apps.common.names import clean_name
from apps.lineage.models import Layer, LayerSet, TrainedModel
from apps.projects import access
from apps.projects.cascades import delete_whole
from apps.projects.editing import lock_for_edit
from apps.projects.journal import record_audit, record_change


@transaction.atomic
def create_layer_set(*, actor: Actor, trained_model: TrainedModel, name: str) -> LayerSet:
    name = clean_name(name, what="A layer set's name")
    with refuse_duplicate(f"{trained_model} has a layer set {name!r}."):
        layer_set = LayerSet.objects.create(trained_model=trained_model, name=name)
    _record(actor, layer_set, "created")
    return layer_set


@transaction.atomic
def rename_layer_set(*, actor: Actor, layer_set: LayerSet, name: str, expected_version: int | None = None) -> LayerSet:
    layer_set = lock_for_edit(layer_set, expected_version=expected_version)
    before, layer_set.name = layer_set.name, clean_name(name, what="A layer set's name")
    with refuse_duplicate(f"{layer_set.trained_model} has a layer set {layer_set.name!r}."):
        layer_set.save(update_fields=["name", "edit_version"])
    _record(actor, layer_set, "renamed", before=before, after=layer_set.name)
    return layer_set


@transaction.atomic
def delete_layer_set(*, actor: Actor, layer_set: LayerSet) -> None:
    """Delete the layers with their embeddings and the maps made from these."""
    record_audit(actor=actor, project=access.project_of(layer_set), action="deleted", target=layer_set)
    delete_whole(layer_set)


@transaction.atomic
def create_layer(*, actor: Actor, layer_set: LayerSet, name: str) -> Layer:
    name = clean_name(name, what="A layer's name")
    with refuse_duplicate(f"The layer set {layer_set} has a layer {name!r}."):
        layer = Layer.objects.create(layer_set=layer_set, name=name)
    _record(actor, layer, "created")
    return layer


@transaction.atomic
def rename_layer(*, actor: Actor, layer: Layer, name: str, expected_version: int | None = None) -> Layer:
    layer = lock_for_edit(layer, expected_version=expected_version)
    before, layer.name = layer.name, clean_name(name, what="A layer's name")
    with refuse_duplicate(f"The layer set {layer.layer_set} has a layer {layer.name!r}."):
        layer.save(update_fields=["name", "edit_version"])
    _record(actor, layer, "renamed", before=before, after=layer.name)
    return layer


@transaction.atomic
def delete_layer(*, actor: Actor, layer: Layer) -> None:
    """Delete the layer with its embeddings and the maps made from these."""
    record_audit(actor=actor, project=access.project_of(layer), action="deleted", target=layer)
    delete_whole(layer)


def _record(actor: Actor, row: models.Model, action: str, *, before: str = "", after: str = "") -> None:
    project = access.project_of(row)
    record_audit(
        actor=actor,
        project=project,
        action=action,
        target=row,
        before={"name": before} if before else None,
        after={"name": after} if after else None,
    )
    record_change(project, kind=action, target=row)
