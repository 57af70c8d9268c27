"""The commands that all nouns of a project share: list, show, create, rename, delete."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Annotated, Any

import typer

from chroma_sdk._project import Project
from chroma_sdk.cli._options import AsJson, InProject, Limit, Yes, in_project, sure
from chroma_sdk.cli._output import say, show_record, show_rows

Name = Annotated[str, typer.Argument(help="Its name.", show_default=False)]
NewName = Annotated[str, typer.Argument(help="What it shall be called.", show_default=False)]


@dataclass(frozen=True)
class NounCommands:
    """How the commands name, find and print one kind of noun.

    Attributes
    ----------
    one, many : str
        As in "tag" and "tags".
    all : callable
        Gives all of a project.
    find : callable
        Gives the one of a name; raises NotFound.
    columns : dict
        What `list` prints: heading to attribute.
    details : dict
        What `show` prints besides.
    goes_with : str
        What deleting one takes along.
    """

    one: str
    many: str
    all: Callable[[Project], Iterable[Any]]
    find: Callable[[Project, str], Any]
    columns: dict[str, str]
    details: dict[str, str] = field(default_factory=dict)
    goes_with: str = ""

    def row(self, noun: Any) -> dict[str, Any]:
        """Return what `list` says of one."""
        return {heading: getattr(noun, attribute) for heading, attribute in self.columns.items()}

    def record(self, noun: Any) -> dict[str, Any]:
        """Return what `show` says of one."""
        facts = self.columns | self.details
        return {heading: getattr(noun, attribute) for heading, attribute in facts.items()}


def make_group(name: str, help: str) -> typer.Typer:
    """Return the group of commands of one noun."""
    return typer.Typer(name=name, no_args_is_help=True, help=help)


def add_list(group: typer.Typer, noun: NounCommands) -> None:
    """Add `list`."""

    @group.command("list", help=f"List the {noun.many} of a project.")
    def list_(project: InProject, limit: Limit = None, as_json: AsJson = False) -> None:
        with in_project(project) as found:
            show_rows([noun.row(each) for each in islice(noun.all(found), limit)], as_json)


def add_show(group: typer.Typer, noun: NounCommands) -> None:
    """Add `show`."""

    @group.command("show", help=f"Show one {noun.one}.")
    def show(name: Name, project: InProject, as_json: AsJson = False) -> None:
        with in_project(project) as found:
            show_record(noun.record(noun.find(found, name)), as_json)


def add_create(group: typer.Typer, noun: NounCommands, create: Callable[[Project, str], Any]) -> None:
    """Add `create`."""

    @group.command("create", help=f"Make a {noun.one}. One of that name must not exist.")
    def create_(name: Name, project: InProject, as_json: AsJson = False) -> None:
        with in_project(project) as found:
            made = create(found, name)
            say(f"Made the {noun.one} {name}.", noun.record(made), as_json)


def add_rename(group: typer.Typer, noun: NounCommands) -> None:
    """Add `rename`."""

    @group.command("rename", help=f"Give a {noun.one} another name.")
    def rename(name: Name, new_name: NewName, project: InProject, as_json: AsJson = False) -> None:
        with in_project(project) as found:
            renamed = noun.find(found, name).rename(new_name)
            say(f"The {noun.one} {name} is called {new_name} now.", noun.record(renamed), as_json)


def add_delete(group: typer.Typer, noun: NounCommands) -> None:
    """Add `delete`."""
    goes_with = f" {noun.goes_with}" if noun.goes_with else ""

    @group.command("delete", help=f"Delete a {noun.one}{goes_with}.")
    def delete(name: Name, project: InProject, yes: Yes = False, as_json: AsJson = False) -> None:
        with in_project(project) as found:
            doomed = noun.find(found, name)
            sure(f"Delete the {noun.one} {name} of {found.full_name}{goes_with}?", yes)
            doomed.delete()
            say(f"Deleted the {noun.one} {name}.", {"deleted": name}, as_json)
