"""`chroma-sdk datasets`."""

from __future__ import annotations

from typing import Annotated

import typer

from chroma_sdk._dataset import Dataset
from chroma_sdk._project import Project
from chroma_sdk.cli._nouns import Name, NounCommands, add_delete, add_list, add_rename, add_show, make_group
from chroma_sdk.cli._options import AsJson, InProject, Kind, in_dataset, in_project
from chroma_sdk.cli._output import say


def find(project: Project, name: str) -> Dataset:
    """Return the dataset of this name; it is never made."""
    return project.dataset(name, create=False)


NOUN = NounCommands(
    one="dataset",
    many="datasets",
    all=Project.datasets,
    find=find,
    columns={
        "name": "name",
        "kind": "kind",
        "datapoints": "datapoint_count",
        "objects": "object_count",
        "labelled": "labelled_count",
    },
    details={"id": "id"},
    goes_with="with everything in it",
)

group = make_group("datasets", "Datasets of a project.")
add_list(group, NOUN)
add_show(group, NOUN)
add_rename(group, NOUN)
add_delete(group, NOUN)


@group.command()
def create(
    name: Name,
    project: InProject,
    kind: Annotated[Kind, typer.Option(help="What it is for.")] = Kind.OTHER,
    as_json: AsJson = False,
) -> None:
    """Make a dataset. One of that name must not exist."""
    with in_project(project) as found:
        made = found.create_dataset(name, kind=kind.value)
        say(f"Made the dataset {name}.", NOUN.record(made), as_json)


@group.command("change-kind")
def change_kind(name: Name, kind: Kind, project: InProject, as_json: AsJson = False) -> None:
    """Say what a dataset is for."""
    with in_dataset(project, name) as found:
        say(f"{name} is a {kind.value} dataset now.", NOUN.record(found.change_kind(kind.value)), as_json)
