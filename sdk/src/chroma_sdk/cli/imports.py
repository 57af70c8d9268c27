"""`chroma-sdk imports` and `import`."""

from __future__ import annotations

from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from chroma_sdk._errors import NotFound
from chroma_sdk._import import Import
from chroma_sdk._project import Project
from chroma_sdk.cli._nouns import make_group
from chroma_sdk.cli._options import (
    AsJson,
    InProject,
    Kind,
    Limit,
    OfLayer,
    OfModel,
    OfVersion,
    Quiet,
    Yes,
    in_project,
    sure,
)
from chroma_sdk.cli._output import say, show_record, show_rows
from chroma_sdk.cli._parameters import read_pairs

group = make_group("imports", "Files that were sent to be logged, named by their ids.")

Id = Annotated[str, typer.Argument(help="Its id, as `imports list` shows it.", show_default=False)]


def import_file(
    file: Annotated[Path, typer.Argument(help="Parquet, CSV, JSONL, COCO JSON or ZIP.", exists=True, dir_okay=False)],
    project: InProject,
    dataset: Annotated[str, typer.Option("--dataset", "-d", help="Made if it is missing.")],
    kind: Annotated[Kind | None, typer.Option(help="What a dataset that is made is for.")] = None,
    column: Annotated[
        list[str] | None,
        typer.Option("--map", help="Which column is which field, as in image_id=key or x=skip; may be repeated."),
    ] = None,
    model: OfModel = None,
    version: OfVersion = None,
    layer: OfLayer = None,
    skip_bad_rows: Annotated[bool, typer.Option("--skip-bad-rows", help="Log the good ones all the same.")] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Log what a file holds: all of it, or nothing and a list of what is wrong. Run it again after an interruption.

    Example: chroma-sdk import digits.csv -p MNIST -d train --map image_id=key --map comment=skip
    """
    mapping = read_pairs(column, "--map")
    with in_project(project) as found:
        done = found.import_file(
            file,
            dataset=dataset,
            kind=kind and kind.value,
            mapping=mapping,
            model=model,
            version=version,
            layer=layer,
            skip_bad_rows=skip_bad_rows,
            quiet=quiet or as_json,
        )
        skipped = [f"{done.error_count:,} rows were skipped:", *done.errors] if done.error_count else []
        facts = {**asdict(done.report), "dataset": done.dataset, "skipped": done.error_count, "errors": done.errors}
        say("\n  ".join([str(done.report), *skipped]), facts, as_json)


@group.command("list")
def list_(project: InProject, limit: Limit = None, as_json: AsJson = False) -> None:
    """List the imports of a project, newest first."""
    with in_project(project) as found:
        show_rows([_row(each) for each in islice(found.imports(), limit)], as_json)


@group.command()
def show(id: Id, project: InProject, as_json: AsJson = False) -> None:
    """Show one import: its columns, what they are taken for, and what is wrong."""
    with in_project(project) as found:
        shown = _find(found, id)
        facts = {"columns": shown.columns, "report": asdict(shown.report), "errors": shown.errors}
        show_record({**_row(shown), **facts, "by": shown.created_by}, as_json)


@group.command()
def delete(id: Id, project: InProject, yes: Yes = False, as_json: AsJson = False) -> None:
    """Delete an import from the server; what was logged stays."""
    with in_project(project) as found:
        doomed = _find(found, id)
        sure(f"Delete the import {doomed.file_name}?", yes)
        doomed.delete()
        say(f"Deleted the import {doomed.file_name}.", {"deleted": id}, as_json)


def _find(project: Project, id: str) -> Import:
    found = next((each for each in project.imports() if each.id == id), None)
    if found is None:
        raise NotFound(f"{project.full_name} has no import {id!r}.", code="NOT_FOUND", field="id")
    return found


def _row(found: Import) -> dict[str, Any]:
    return {
        "id": found.id,
        "file": found.file_name,
        "state": found.state,
        "rows": found.row_count,
        "problems": found.error_count,
        "dataset": found.dataset,
    }
