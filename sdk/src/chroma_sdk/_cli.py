"""The command `chroma-sdk`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from chroma_sdk._client import Client
from chroma_sdk._credentials import Credentials, check_url, save_login
from chroma_sdk._errors import ChromaError
from chroma_sdk._table import read_arguments

app = typer.Typer(no_args_is_help=True, help="Log to a Chroma server and read from it.", pretty_exceptions_enable=False)
projects = typer.Typer(no_args_is_help=True, help="Projects that you are a member of.")
datasets = typer.Typer(no_args_is_help=True, help="Datasets of a project.")
app.add_typer(projects, name="projects")
app.add_typer(datasets, name="datasets")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
InProject = Annotated[str, typer.Option("--project", "-p", help="MNIST (yours) or alice/MNIST.")]


def main() -> None:
    """Run the command line."""
    app()


@app.command()
def login(
    url: Annotated[str, typer.Option(envvar="CHROMA_URL", prompt="Address of the server")],
    token: Annotated[str, typer.Option(envvar="CHROMA_TOKEN", prompt="Token from your account page", hide_input=True)],
) -> None:
    """Save the address of a server and a token for it, readable by you alone."""
    with _told():
        credentials = Credentials(check_url(url), token.strip())
        with Client(credentials.url, credentials.token) as client:
            username = client.username
        path = save_login(credentials)
    typer.echo(f"Logged in to {credentials.url} as {username}; kept in {path}.")


@projects.command("list")
def list_projects(as_json: AsJson = False) -> None:
    """List your projects."""
    with _told(), Client() as client:
        found = list(client.projects())
    rows = [{"name": each.full_name, "role": each.role, "datapoints": each.datapoint_count} for each in found]
    _show(rows, as_json)


@datasets.command("list")
def list_datasets(project: InProject, as_json: AsJson = False) -> None:
    """List the datasets of a project."""
    with _told(), Client() as client:
        found = client.project(project, create=False).datasets()[:]
    _show([{"name": each.name, "kind": each.kind, "datapoints": each.datapoint_count} for each in found], as_json)


@app.command()
def log(
    file: Annotated[Path, typer.Argument(help="A Parquet file.", exists=True, dir_okay=False)],
    project: InProject,
    dataset: Annotated[str, typer.Option("--dataset", "-d", help="Made if it is missing.")],
    kind: Annotated[str | None, typer.Option(help="training, test, validation, production or other.")] = None,
    vectors: Annotated[
        Path | None, typer.Option(help="The embeddings: a .npy file, shape (n, d).", exists=True)
    ] = None,
    model: str | None = None,
    version: str | None = None,
    layer: str | None = None,
    key: Annotated[str | None, typer.Option(help="Column of the keys, if it is not key or id.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show no progress bar.")] = False,
    as_json: AsJson = False,
) -> None:
    """Log the rows of a Parquet file.

    Columns: key (or id), label, inference (or prediction), confidence, text, uri, file (or path), embedding; all others
    are metadata.
    """
    with _told(), Client() as client:
        arguments = read_arguments(file, {"keys": key} if key else None)
        if vectors is not None:
            arguments["embeddings"] = np.load(vectors, mmap_mode="r", allow_pickle=False)
        target = client.project(project).dataset(dataset, kind=kind)
        report = target.log(**arguments, model=model, version=version, layer=layer, quiet=quiet or as_json)
    typer.echo(json.dumps(asdict(report)) if as_json else str(report))


@contextmanager
def _told() -> Iterator[None]:
    """End with the sentence of an expected error instead of a traceback."""
    try:
        yield
    except ChromaError as problem:
        typer.echo(f"chroma-sdk: {problem}", err=True)
        raise typer.Exit(1) from problem


def _show(rows: Sequence[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
        return
    if not rows:
        typer.echo("none")
        return
    columns = list(rows[0])
    lines = [columns, *([_cell(row[column]) for column in columns] for row in rows)]
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    for line in lines:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _cell(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
