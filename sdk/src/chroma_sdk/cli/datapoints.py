"""`chroma-sdk datapoints`, `label` and `comments`."""

from __future__ import annotations

from enum import StrEnum
from itertools import islice
from typing import Annotated, Any

import typer

from chroma_sdk._clear import CLEAR
from chroma_sdk._comment import Comment
from chroma_sdk._datapoints import Datapoint
from chroma_sdk._dataset import Dataset
from chroma_sdk._listing import named
from chroma_sdk.cli._nouns import make_group
from chroma_sdk.cli._options import (
    AsJson,
    InDataset,
    InProject,
    Keys,
    KeysFrom,
    Limit,
    NoWait,
    Quiet,
    Yes,
    in_dataset,
    read_keys,
    sure,
)
from chroma_sdk.cli._output import say, show_record, show_rows

group = make_group("datapoints", "The datapoints of a dataset.")
comments = make_group("comments", "What people wrote about a datapoint.")

CommentId = Annotated[str, typer.Argument(help="Its id, as `comments list` shows it.", show_default=False)]
Key = Annotated[str, typer.Argument(help="Key of the datapoint.", show_default=False)]


class Role(StrEnum):
    """What datapoints are."""

    CONTEXT = "context"
    OBJECT = "object"
    BOTH = "both"


@group.command("list")
def list_(
    project: InProject,
    dataset: InDataset,
    tag: Annotated[str | None, typer.Option(help="Only those that carry this tag.")] = None,
    search: Annotated[str | None, typer.Option(help="Only those whose key or text contains this.")] = None,
    role: Annotated[Role, typer.Option(help="Whole resources, or objects inside of them.")] = Role.CONTEXT,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """List datapoints with their labels, inferences and tags."""
    with in_dataset(project, dataset) as found:
        chosen = found.datapoints(tag=tag, search=search, role=None if role is Role.BOTH else role.value)
        show_rows([_row(each) for each in islice(chosen, limit)], as_json)


@group.command()
def show(key: Key, project: InProject, dataset: InDataset, as_json: AsJson = False) -> None:
    """Show everything about one datapoint."""
    with in_dataset(project, dataset) as found:
        point = found.datapoint(key)
        facts = {"row": point.row, "metadata": point.metadata, "scores": point.scores}
        show_record({**_row(point), **_resource(point), **_place(point), **facts}, as_json)


@group.command()
def delete(
    project: InProject,
    dataset: InDataset,
    keys: Keys = None,
    keys_from: KeysFrom = None,
    yes: Yes = False,
    no_wait: NoWait = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Delete datapoints with everything about them, and the objects inside of them."""
    wanted = read_keys(keys, keys_from)
    with in_dataset(project, dataset) as found:
        sure(f"Delete {len(wanted):,} datapoints of {dataset} and the objects inside of them?", yes)
        jobs = found.delete_datapoints(wanted)
        for job in [] if no_wait else jobs:
            job.wait(quiet=quiet or as_json)
        state = "go" if no_wait else "are gone"
        say(f"{len(wanted):,} datapoints {state}.", {"deleted": len(wanted), "jobs": [job.id for job in jobs]}, as_json)


@comments.command("edit")
def edit_comment(
    id: CommentId,
    key: Key,
    text: Annotated[str, typer.Argument(help="What it shall say.", show_default=False)],
    project: InProject,
    dataset: InDataset,
    as_json: AsJson = False,
) -> None:
    """Write a comment of yours anew."""
    with in_dataset(project, dataset) as found:
        edited = _comment(found, key, id).edit(text)
        say(f"Changed the comment on {key}.", {"id": edited.id, "text": edited.text}, as_json)


@comments.command("delete")
def delete_comment(
    id: CommentId, key: Key, project: InProject, dataset: InDataset, yes: Yes = False, as_json: AsJson = False
) -> None:
    """Take a comment back."""
    with in_dataset(project, dataset) as found:
        doomed = _comment(found, key, id)
        sure(f"Delete the comment {doomed.text!r}?", yes)
        doomed.delete()
        say(f"Deleted the comment on {key}.", {"deleted": id}, as_json)


def label(
    project: InProject,
    dataset: InDataset,
    keys: Keys = None,
    keys_from: KeysFrom = None,
    category: Annotated[str | None, typer.Option("--category", "-c", help="A missing category is made.")] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Take the labels off.")] = False,
    why: Annotated[str, typer.Option(help="The reason, kept in the history of each label.")] = "",
    as_json: AsJson = False,
) -> None:
    """Correct the labels of datapoints; logging the old ones again leaves them alone.

    Example: chroma-sdk label image-7 image-9 --category 1 --why "no bar" --project MNIST --dataset train
    """
    if (category is None) != clear:
        raise typer.BadParameter("wanted either --category or --clear.", param_hint="--category")
    wanted = read_keys(keys, keys_from)
    with in_dataset(project, dataset) as found:
        changed = found.set_labels(dict.fromkeys(wanted, CLEAR if clear else category), why=why)
        say(f"{changed:,} labels changed.", {"changed": changed}, as_json)


@comments.command("list")
def list_comments(key: Key, project: InProject, dataset: InDataset, as_json: AsJson = False) -> None:
    """List the comments on a datapoint."""
    with in_dataset(project, dataset) as found:
        rows = [
            {"at": each.at, "author": each.author, "text": each.text, "id": each.id} for each in found.comments(key)
        ]
        show_rows(rows, as_json)


@comments.command("add")
def add_comment(
    key: Key,
    text: Annotated[str, typer.Argument(help="What there is to say.", show_default=False)],
    project: InProject,
    dataset: InDataset,
    as_json: AsJson = False,
) -> None:
    """Write a comment on a datapoint."""
    with in_dataset(project, dataset) as found:
        made = found.comment(key, text)
        say(f"Wrote a comment on {key}.", {"id": made.id, "text": made.text}, as_json)


def _comment(dataset: Dataset, key: str, id: str) -> Comment:
    return named(dataset.comments(key), id, noun="comment", owner=key, attribute="id")


def _row(point: Datapoint) -> dict[str, Any]:
    inferences = {f"{each.model} {each.version}".strip(): each.category for each in point.inferences}
    return {"key": point.key, "label": point.label, "inferences": inferences, "tags": list(point.tags)}


def _resource(point: Datapoint) -> dict[str, Any]:
    return {"text": point.text, "uri": point.uri, "file": point.file_url}


def _place(point: Datapoint) -> dict[str, Any]:
    return {"role": point.role, "parent": point.parent, "region": point.region, "source": point.source}
