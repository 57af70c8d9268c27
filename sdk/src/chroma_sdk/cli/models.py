"""`chroma-sdk models`."""

from __future__ import annotations

from chroma_sdk._model import Model
from chroma_sdk._project import Project
from chroma_sdk.cli._nouns import (
    Name,
    NounCommands,
    add_create,
    add_delete,
    add_list,
    add_rename,
    make_group,
)
from chroma_sdk.cli._options import AsJson, InProject, in_project
from chroma_sdk.cli._output import show_record

NOUN = NounCommands(
    one="model",
    many="models",
    all=Project.models,
    find=Project.model,
    columns={"name": "name", "created": "created_at"},
    details={"id": "id"},
    goes_with="with its trained models, their inferences and embeddings",
)

group = make_group("models", "Kinds of networks; their versions are `trained-models`.")
add_list(group, NOUN)
add_create(group, NOUN, Project.create_model)
add_rename(group, NOUN)
add_delete(group, NOUN)


@group.command()
def show(name: Name, project: InProject, as_json: AsJson = False) -> None:
    """Show one model and its versions."""
    with in_project(project) as found:
        model = found.model(name)
        show_record({**NOUN.record(model), "versions": _versions(model)}, as_json)


def _versions(model: Model) -> list[str]:
    return [trained_model.version for trained_model in model.versions()]
