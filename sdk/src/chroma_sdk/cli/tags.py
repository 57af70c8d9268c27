"""`chroma-sdk tags`, `tag` and `untag`."""

from __future__ import annotations

from typing import Annotated

import typer

from chroma_sdk._project import Project
from chroma_sdk.cli._nouns import (
    NounCommands,
    add_create,
    add_delete,
    add_list,
    add_rename,
    add_show,
    make_group,
)
from chroma_sdk.cli._options import AsJson, InDataset, InProject, Keys, KeysFrom, in_dataset, read_keys
from chroma_sdk.cli._output import say

NOUN = NounCommands(
    one="tag",
    many="tags",
    all=Project.tags,
    find=Project.tag,
    columns={"name": "name", "datapoints": "datapoint_count"},
    details={"id": "id"},
    goes_with="from all datapoints that carry it",
)

group = make_group("tags", "Short free names on datapoints.")
add_list(group, NOUN)
add_show(group, NOUN)
add_create(group, NOUN, Project.create_tag)
add_rename(group, NOUN)
add_delete(group, NOUN)

TagName = Annotated[str, typer.Argument(help="Name of the tag.", show_default=False)]


def tag(
    name: TagName,
    project: InProject,
    dataset: InDataset,
    keys: Keys = None,
    keys_from: KeysFrom = None,
    as_json: AsJson = False,
) -> None:
    """Put a tag on datapoints. A missing tag is made.

    Example: chroma-sdk tag check image-7 image-9 --project MNIST --dataset train
    """
    wanted = read_keys(keys, keys_from)
    with in_dataset(project, dataset) as found:
        changed = found.tag(name, keys=wanted)
        say(f"{changed:,} datapoints carry {name} now that did not before.", {"changed": changed}, as_json)


def untag(
    name: TagName,
    project: InProject,
    dataset: InDataset,
    keys: Keys = None,
    keys_from: KeysFrom = None,
    as_json: AsJson = False,
) -> None:
    """Take a tag off datapoints.

    Example: chroma-sdk untag check --keys-from done.txt --project MNIST --dataset train
    """
    wanted = read_keys(keys, keys_from)
    with in_dataset(project, dataset) as found:
        found._tag_id(name)  # noqa: SLF001 -- an unknown name is said before anything is sent
        changed = found.untag(name, keys=wanted)
        say(f"{changed:,} datapoints carry {name} no more.", {"changed": changed}, as_json)
