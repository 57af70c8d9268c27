"""`chroma-sdk layers` and `chroma-sdk layer-sets`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from chroma_sdk._layer import Layer, LayerSet
from chroma_sdk._listing import named
from chroma_sdk._trained_model import TrainedModel
from chroma_sdk.cli._nouns import Name, NewName, make_group
from chroma_sdk.cli._options import AsJson, InProject, Yes, in_project, sure
from chroma_sdk.cli._output import say, show_record, show_rows

layers = make_group("layers", "Places in trained models whose activations are embeddings.")
layer_sets = make_group("layer-sets", "Layers that were captured together.")

OfModel = Annotated[str, typer.Option("--model", "-m", help="Name of the model.")]
OfVersion = Annotated[str, typer.Option("--version", help="Its version.")]
OfSet = Annotated[str, typer.Option("--layer-set", help="Name of the layer set.")]


@layers.command("list")
def list_layers(project: InProject, model: OfModel, version: OfVersion, as_json: AsJson = False) -> None:
    """List the layers of a trained model."""
    with in_project(project) as found:
        show_rows([_layer(each) for each in found.model(model).version(version).layers()], as_json)


@layers.command("show")
def show_layer(name: Name, project: InProject, model: OfModel, version: OfVersion, as_json: AsJson = False) -> None:
    """Show one layer and the datasets that it gave embeddings for."""
    with in_project(project) as found:
        trained = found.model(model).version(version)
        layer = trained.layer(name)
        datasets = [each.dataset for each in trained.embedding_sets() if each.layer == layer.name]
        show_record({**_layer(layer), "id": layer.id, "embeddings": datasets}, as_json)


@layers.command("create")
def create_layer(
    name: Name, project: InProject, model: OfModel, version: OfVersion, layer_set: OfSet, as_json: AsJson = False
) -> None:
    """Make a layer in a layer set."""
    with in_project(project) as found:
        made = _set(found.model(model).version(version), layer_set).create_layer(name)
        say(f"Made the layer {name}.", _layer(made), as_json)


@layers.command("rename")
def rename_layer(
    name: Name, new_name: NewName, project: InProject, model: OfModel, version: OfVersion, as_json: AsJson = False
) -> None:
    """Give a layer another name."""
    with in_project(project) as found:
        renamed = found.model(model).version(version).layer(name).rename(new_name)
        say(f"The layer {name} is called {new_name} now.", _layer(renamed), as_json)


@layers.command("delete")
def delete_layer(
    name: Name, project: InProject, model: OfModel, version: OfVersion, yes: Yes = False, as_json: AsJson = False
) -> None:
    """Delete a layer with its embeddings."""
    with in_project(project) as found:
        doomed = found.model(model).version(version).layer(name)
        sure(f"Delete the layer {name} of {model} {version} with its embeddings?", yes)
        doomed.delete()
        say(f"Deleted the layer {name}.", {"deleted": name}, as_json)


@layer_sets.command("list")
def list_sets(project: InProject, model: OfModel, version: OfVersion, as_json: AsJson = False) -> None:
    """List the layer sets of a trained model."""
    with in_project(project) as found:
        show_rows([_layer_set(each) for each in found.model(model).version(version).layer_sets()], as_json)


@layer_sets.command("show")
def show_set(name: Name, project: InProject, model: OfModel, version: OfVersion, as_json: AsJson = False) -> None:
    """Show one layer set and its layers."""
    with in_project(project) as found:
        shown = _set(found.model(model).version(version), name)
        show_record({**_layer_set(shown), "layers": [layer.name for layer in shown.layers()]}, as_json)


@layer_sets.command("create")
def create_set(name: Name, project: InProject, model: OfModel, version: OfVersion, as_json: AsJson = False) -> None:
    """Make a layer set."""
    with in_project(project) as found:
        made = found.model(model).version(version).create_layer_set(name)
        say(f"Made the layer set {name}.", _layer_set(made), as_json)


@layer_sets.command("rename")
def rename_set(
    name: Name, new_name: NewName, project: InProject, model: OfModel, version: OfVersion, as_json: AsJson = False
) -> None:
    """Give a layer set another name."""
    with in_project(project) as found:
        renamed = _set(found.model(model).version(version), name).rename(new_name)
        say(f"The layer set {name} is called {new_name} now.", _layer_set(renamed), as_json)


@layer_sets.command("delete")
def delete_set(
    name: Name, project: InProject, model: OfModel, version: OfVersion, yes: Yes = False, as_json: AsJson = False
) -> None:
    """Delete a layer set with its layers and their embeddings."""
    with in_project(project) as found:
        doomed = _set(found.model(model).version(version), name)
        sure(f"Delete the layer set {name} of {model} {version} with its layers and their embeddings?", yes)
        doomed.delete()
        say(f"Deleted the layer set {name}.", {"deleted": name}, as_json)


def _layer(layer: Layer) -> dict[str, Any]:
    return {"name": layer.name, "layer set": layer.layer_set, "model": layer.model, "version": layer.version}


def _layer_set(found: LayerSet) -> dict[str, Any]:
    return {"name": found.name, "model": found.model, "version": found.version, "id": found.id}


def _set(trained: TrainedModel, name: str) -> LayerSet:
    return named(trained.layer_sets(), name, noun="layer set", owner=f"{trained.model} {trained.version}")
