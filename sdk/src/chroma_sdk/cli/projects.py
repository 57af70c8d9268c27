"""`chroma-sdk projects`."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

import typer

from chroma_sdk.cli._nouns import NewName, NounCommands, make_group
from chroma_sdk.cli._options import AsJson, Limit, Yes, in_client, in_project, sure
from chroma_sdk.cli._output import say, show_record, show_rows

NOUN = NounCommands(
    one="project",
    many="projects",
    all=lambda project: [project],
    find=lambda project, name: project,
    columns={"name": "full_name", "role": "role", "datapoints": "datapoint_count"},
    details={"description": "description", "id": "id", "url": "url"},
)

group = make_group("projects", "Projects that you are a member of.")

Name = Annotated[str, typer.Argument(help="MNIST (yours) or alice/MNIST.", show_default=False)]


@group.command("list")
def list_(limit: Limit = None, as_json: AsJson = False) -> None:
    """List your projects."""
    with in_client() as client:
        show_rows([NOUN.row(each) for each in islice(client.projects(), limit)], as_json)


@group.command()
def show(name: Name, as_json: AsJson = False) -> None:
    """Show one project."""
    with in_project(name) as found:
        show_record(NOUN.record(found), as_json)


@group.command()
def create(
    name: Annotated[str, typer.Argument(help="A name in your namespace.", show_default=False)],
    description: Annotated[str, typer.Option(help="What it is about.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make a project. One of that name must not exist.

    Example: chroma-sdk projects create MNIST --description "Handwritten digits"
    """
    with in_client() as client:
        made = client.create_project(name, description=description)
        say(f"Made the project {made.full_name}: {made.url}", NOUN.record(made), as_json)


@group.command()
def rename(name: Name, new_name: NewName, as_json: AsJson = False) -> None:
    """Give a project another name in its namespace."""
    with in_project(name) as found:
        before = found.full_name
        found.rename(new_name)
        say(f"The project {before} is called {found.full_name} now.", NOUN.record(found), as_json)


@group.command()
def describe(
    name: Name,
    description: Annotated[str, typer.Argument(help="What it is about.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Say what a project is about."""
    with in_project(name) as found:
        say(f"Described the project {found.full_name}.", NOUN.record(found.describe(description)), as_json)


@group.command()
def delete(name: Name, yes: Yes = False, as_json: AsJson = False) -> None:
    """Delete a project with everything in it."""
    with in_project(name) as found:
        sure(f"Delete the project {found.full_name} with everything in it?", yes)
        found.delete()
        say(f"Deleted the project {found.full_name}.", {"deleted": found.full_name}, as_json)
