"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from chroma_sdk._client import Client
from chroma_sdk._dataset import Dataset
from chroma_sdk._project import Project
from chroma_sdk.cli._output import told

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
InProject = Annotated[
    str, typer.Option("--project", "-p", envvar="CHROMA_PROJECT", help="MNIST (yours) or alice/MNIST.")
]
InDataset = Annotated[str, typer.Option("--dataset", "-d", help="Name of the dataset.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask whether you are sure.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress bar.")]
NoWait = Annotated[bool, typer.Option("--no-wait", help="Do not wait for the job; it goes on by itself.")]
Limit = Annotated[int | None, typer.Option(min=1, help="Print at most so many.")]
OfModel = Annotated[str | None, typer.Option("--model", "-m", help="Name of the model.")]
OfVersion = Annotated[str | None, typer.Option("--version", help="Which trained model: its version.")]
OfLayer = Annotated[str | None, typer.Option("--layer", help="Name of the layer.")]
Keys = Annotated[list[str] | None, typer.Argument(help="Keys of datapoints.", show_default=False)]
KeysFrom = Annotated[
    typer.FileText | None, typer.Option("--keys-from", help="A file with one key a line; - is standard input.")
]
ParquetFile = Annotated[Path, typer.Argument(help="A Parquet file.", exists=True, dir_okay=False)]


class Kind(StrEnum):
    """What a dataset is for."""

    TRAINING = "training"
    TEST = "test"
    VALIDATION = "validation"
    PRODUCTION = "production"
    OTHER = "other"


class RoleName(StrEnum):
    """What a member may do."""

    VIEWER = "viewer"
    EDITOR = "editor"
    OWNER = "owner"


@contextmanager
def in_client() -> Iterator[Client]:
    """Open the client that the environment or `login` describes."""
    with told(), Client() as client:
        yield client


@contextmanager
def in_project(name: str) -> Iterator[Project]:
    """Open a project that exists: no command makes one by the way."""
    with in_client() as client:
        yield client.project(name, create=False)


@contextmanager
def in_dataset(project: str, name: str) -> Iterator[Dataset]:
    """Open a dataset that exists."""
    with in_project(project) as found:
        yield found.dataset(name, create=False)


def sure(question: str, yes: bool) -> None:
    """Ask before something is lost; without an answer nothing happens."""
    if not yes:
        typer.confirm(f"{question} This cannot be undone.", abort=True, err=True)


def read_keys(keys: list[str] | None, source: typer.FileText | None) -> list[str]:
    """Return the keys given as arguments and in a file."""
    try:
        found = [*(keys or []), *((line.rstrip("\r\n") for line in source) if source else [])]
    except UnicodeDecodeError:
        raise typer.BadParameter("the file is not UTF-8.", param_hint="--keys-from") from None
    found = list(dict.fromkeys(key for key in found if key))
    if not found:
        raise typer.BadParameter("wanted at least one key, as an argument or with --keys-from.")
    return found
