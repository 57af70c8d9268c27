"""`chroma-sdk slices`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from chroma_sdk._project import Project
from chroma_sdk.cli._nouns import Name, NounCommands, add_delete, add_list, add_rename, add_show, make_group
from chroma_sdk.cli._options import AsJson, InProject, Keys, KeysFrom, in_project, read_keys
from chroma_sdk.cli._output import say, show_json

NOUN = NounCommands(
    one="slice",
    many="slices",
    all=Project.slices,
    find=Project.slice,
    columns={"name": "name", "datapoints": "datapoint_count", "frozen": "is_frozen", "description": "description"},
    details={"rule": "rule", "notes": "notes", "trained models": "trained_models", "by": "created_by", "id": "id"},
)

group = make_group("slices", "Named, saved selections.")
add_list(group, NOUN)
add_show(group, NOUN)
add_rename(group, NOUN)
add_delete(group, NOUN)


@group.command()
def create(
    name: Name,
    project: InProject,
    keys: Keys = None,
    dataset: Annotated[str | None, typer.Option("--dataset", "-d", help="That the keys are of.")] = None,
    keys_from: KeysFrom = None,
    filters: Annotated[
        list[str] | None, typer.Option("--filter", help="A filter as JSON, with names; may be repeated.")
    ] = None,
    rule: Annotated[
        Path | None, typer.Option(help="A JSON file with a rule, as `slices show --json` prints it.", exists=True)
    ] = None,
    description: Annotated[str, typer.Option(help="What it is for.")] = "",
    as_json: AsJson = False,
) -> None:
    """Save a selection: datapoints by key, or a rule that is evaluated anew each time.

    Examples
    --------
    chroma-sdk slices create odd image-7 image-9 --dataset train --project MNIST

    chroma-sdk slices create unsure --filter '{"field": "confidence:cnn 1", "range": [0, 0.5]}' --project MNIST
    """
    chosen: dict[str, Any] = {}
    if keys or keys_from:
        if dataset is None:
            raise typer.BadParameter("keys are of a dataset.", param_hint="--dataset")
        chosen["keys"] = {dataset: read_keys(keys, keys_from)}
    if filters:
        chosen["filters"] = [_parsed(text, "--filter") for text in filters]
    if rule:
        chosen["rule"] = _parsed(rule.read_text(), "--rule")
    if len(chosen) != 1:
        raise typer.BadParameter("wanted exactly one of keys, --filter and --rule.")
    with in_project(project) as found:
        made = found.create_slice(name, description=description, **chosen)
        say(f"Made the slice {name} of {made.datapoint_count:,} datapoints.", NOUN.record(made), as_json)


@group.command()
def keys(
    name: Name,
    project: InProject,
    dataset: Annotated[str | None, typer.Option("--dataset", "-d", help="Only keys of this one.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print the keys of its datapoints, one a line (after the dataset and a tab where there are several)."""
    with in_project(project) as found:
        listed = found.slice(name).keys(dataset)
        if as_json:
            show_json(listed)
        elif isinstance(listed, list):
            typer.echo("\n".join(listed), nl=bool(listed))
        else:
            typer.echo("\n".join(f"{each}\t{key}" for each, some in listed.items() for key in some))


@group.command()
def freeze(name: Name, project: InProject, as_json: AsJson = False) -> None:
    """Keep the datapoints that its rule gives now, whatever changes later."""
    with in_project(project) as found:
        frozen = found.slice(name).freeze()
        say(f"Froze the slice {name} with {frozen.datapoint_count:,} datapoints.", NOUN.record(frozen), as_json)


@group.command()
def describe(
    name: Name,
    description: Annotated[str, typer.Argument(help="What it is for.", show_default=False)],
    project: InProject,
    as_json: AsJson = False,
) -> None:
    """Say what a slice is for."""
    with in_project(project) as found:
        say(f"Described the slice {name}.", NOUN.record(found.slice(name).describe(description)), as_json)


def _parsed(text: str, option: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as problem:
        raise typer.BadParameter(f"this is no JSON ({problem}).", param_hint=option) from problem
