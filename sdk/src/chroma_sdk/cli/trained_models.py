"""`chroma-sdk trained-models`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from chroma_sdk._project import Project
from chroma_sdk._trained_model import TrainedModel
from chroma_sdk.cli._nouns import make_group
from chroma_sdk.cli._options import AsJson, InProject, OfModel, Yes, in_project, sure
from chroma_sdk.cli._output import say, show_record, show_rows

group = make_group("trained-models", "Versions of models, what they were trained on and what they gave.")

ModelName = Annotated[str, typer.Argument(help="Name of the model.", show_default=False)]
Version = Annotated[str, typer.Argument(help="Its version.", show_default=False)]
TrainedOn = Annotated[str | None, typer.Option(help="Name of the dataset that it was trained on.")]
TrainedOnSlice = Annotated[str | None, typer.Option(help="Name of the slice that it was trained on.")]


@group.command("list")
def list_(project: InProject, model: OfModel = None, as_json: AsJson = False) -> None:
    """List the trained models of a project, or of one model."""
    with in_project(project) as found:
        models = list(found.models()) if model is None else [found.model(model)]
        show_rows([_row(trained) for each in models for trained in each.versions()], as_json)


@group.command()
def show(model: ModelName, version: Version, project: InProject, as_json: AsJson = False) -> None:
    """Show one trained model: its layers, and the embeddings and inferences that it gave."""
    with in_project(project) as found:
        trained = found.model(model).version(version)
        gave = {
            "layers": [layer.name for layer in trained.layers()],
            "embeddings": [f"{each.dataset}/{each.layer}" for each in trained.embedding_sets()],
            "inferences": [each.dataset for each in trained.inference_sets()],
        }
        show_record({**_row(trained), "id": trained.id, **gave}, as_json)


@group.command()
def create(
    model: ModelName,
    version: Version,
    project: InProject,
    trained_on: TrainedOn = None,
    trained_on_slice: TrainedOnSlice = None,
    as_json: AsJson = False,
) -> None:
    """Make a version of a model."""
    with in_project(project) as found:
        made = found.model(model).create_version(version, trained_on=_source(found, trained_on, trained_on_slice))
        say(f"Made the trained model {model} {version}.", _row(made), as_json)


@group.command()
def rename(
    model: ModelName,
    version: Version,
    new_version: Annotated[str, typer.Argument(help="What it shall be called.", show_default=False)],
    project: InProject,
    as_json: AsJson = False,
) -> None:
    """Give a trained model another version."""
    with in_project(project) as found:
        renamed = found.model(model).version(version).rename(new_version)
        say(f"{model} {version} is called {new_version} now.", _row(renamed), as_json)


@group.command("set-trained-on")
def set_trained_on(
    model: ModelName,
    version: Version,
    project: InProject,
    trained_on: TrainedOn = None,
    trained_on_slice: TrainedOnSlice = None,
    as_json: AsJson = False,
) -> None:
    """Say what a trained model was trained on; without --trained-on that is unknown."""
    with in_project(project) as found:
        changed = found.model(model).version(version).set_trained_on(_source(found, trained_on, trained_on_slice))
        say(f"{model} {version} was trained on {changed.trained_on or 'something unknown'}.", _row(changed), as_json)


@group.command()
def delete(model: ModelName, version: Version, project: InProject, yes: Yes = False, as_json: AsJson = False) -> None:
    """Delete a trained model with its layers, inferences and embeddings."""
    with in_project(project) as found:
        doomed = found.model(model).version(version)
        sure(f"Delete {model} {version} of {found.full_name} with its inferences and embeddings?", yes)
        doomed.delete()
        say(f"Deleted {model} {version}.", {"deleted": f"{model} {version}"}, as_json)


def _row(trained: TrainedModel) -> dict[str, Any]:
    return {"model": trained.model, "version": trained.version, "trained on": trained.trained_on}


def _source(project: Project, dataset: str | None, slice: str | None) -> Any:
    if dataset is not None and slice is not None:
        raise typer.BadParameter("wanted at most one of --trained-on and --trained-on-slice.")
    if slice is not None:
        return project.slice(slice)
    return None if dataset is None else project.dataset(dataset, create=False)
