"""`chroma-sdk exports` and `export`."""

from __future__ import annotations

from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from chroma_sdk._errors import NotFound
from chroma_sdk._export import Export
from chroma_sdk._project import Project
from chroma_sdk.cli._nouns import make_group
from chroma_sdk.cli._options import AsJson, InProject, Limit, Quiet, Yes, in_project, sure
from chroma_sdk.cli._output import say, show_record, show_rows

group = make_group("exports", "Exported files that the server still keeps, named by their ids.")

Id = Annotated[str, typer.Argument(help="Its id, as `exports list` shows it.", show_default=False)]
Output = Annotated[Path, typer.Option("--output", "-o", help="Where the file goes.", show_default=False)]


class Format(StrEnum):
    """What an exported file is."""

    PARQUET = "parquet"
    CSV = "csv"
    JSONL = "jsonl"
    COCO = "coco"
    KEYS = "keys"


def export(
    project: InProject,
    output: Output,
    dataset: Annotated[str | None, typer.Option("--dataset", "-d", help="Name of the dataset.")] = None,
    slice: Annotated[str | None, typer.Option("--slice", "-s", help="Name of the slice.")] = None,
    format: Annotated[Format | None, typer.Option("--format", "-f", help="Otherwise the file's end says it.")] = None,
    embeddings: Annotated[
        list[str] | None, typer.Option("--embeddings", help="A layer whose vectors to add; may be repeated.")
    ] = None,
    objects: Annotated[bool, typer.Option("--objects/--no-objects", help="With what lies inside of images.")] = True,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Export a dataset or a slice into a file, one row a datapoint. A cut download goes on when you run it again.

    Example: chroma-sdk export -p MNIST --slice hard --format csv -o hard.csv
    """
    if (dataset is None) == (slice is None):
        raise typer.BadParameter("wanted exactly one of --dataset and --slice.", param_hint="--dataset")
    with in_project(project) as found:
        path = found.export(
            output,
            dataset=None if dataset is None else found.dataset(dataset, create=False),
            slice=None if slice is None else found.slice(slice),
            format=format and format.value,
            embeddings=embeddings or (),
            include_objects=objects,
            quiet=quiet or as_json,
        )
        size = path.stat().st_size
        say(f"{path}: {size:,} bytes.", {"file": str(path), "bytes": size}, as_json)


@group.command("list")
def list_(project: InProject, limit: Limit = None, as_json: AsJson = False) -> None:
    """List the exports of a project, newest first."""
    with in_project(project) as found:
        show_rows([_row(each) for each in islice(found.exports(), limit)], as_json)


@group.command()
def show(id: Id, project: InProject, as_json: AsJson = False) -> None:
    """Show one export."""
    with in_project(project) as found:
        shown = _find(found, id)
        show_record({**_row(shown), "scope": shown.scope, "by": shown.created_by}, as_json)


@group.command()
def download(id: Id, project: InProject, output: Output, quiet: Quiet = False, as_json: AsJson = False) -> None:
    """Save the file of an export; a download that was cut goes on."""
    with in_project(project) as found:
        path = _find(found, id).download(output, quiet=quiet or as_json)
        say(f"{path}: {path.stat().st_size:,} bytes.", {"file": str(path), "bytes": path.stat().st_size}, as_json)


@group.command()
def delete(id: Id, project: InProject, yes: Yes = False, as_json: AsJson = False) -> None:
    """Delete an export from the server."""
    with in_project(project) as found:
        doomed = _find(found, id)
        sure(f"Delete the export {doomed.file_name}?", yes)
        doomed.delete()
        say(f"Deleted the export {doomed.file_name}.", {"deleted": id}, as_json)


def _find(project: Project, id: str) -> Export:
    found = next((each for each in project.exports() if each.id == id), None)
    if found is None:
        raise NotFound(f"{project.full_name} has no export {id!r}.", code="NOT_FOUND", field="id")
    return found


def _row(export: Export) -> dict[str, Any]:
    return {
        "id": export.id,
        "file": export.file_name,
        "format": export.format,
        "rows": export.row_count,
        "bytes": export.byte_size,
        "expires": export.expires_at,
    }
