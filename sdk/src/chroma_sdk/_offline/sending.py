"""Sends what was recorded. What has arrived moves to the folder `sent` beside what has not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chroma_sdk._client import Client
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._offline.part import read_part
from chroma_sdk._offline.recording import recorded_parts
from chroma_sdk._report import Report

SENT = "sent"


@dataclass(frozen=True)
class SyncedPart:
    """A recorded call of `log` that has arrived.

    Attributes
    ----------
    project, dataset : str
    report : Report
    """

    project: str
    dataset: str
    report: Report


def sync(path: str | Path, client: Client, *, quiet: bool = False) -> Iterator[SyncedPart]:
    """Send a recording part by part, in the order in which it was recorded.

    After an interruption call it again: it goes on where it was. A part that the server refuses stops it, and stays.

    Parameters
    ----------
    path : str or Path
        The folder given to `record`.
    client : Client
    quiet : bool, default False
        Show no progress bar.

    Yields
    ------
    SyncedPart
        Once it has arrived.

    Raises
    ------
    InvalidArgument
        There is no such folder, or a part cannot be read.
    ChromaError
        A part was refused, or the server was not reached; a note names the part.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise InvalidArgument("path", f"there is no folder {str(path)!r}.")
    for file in recorded_parts(folder):
        part, batch = read_part(file)
        try:
            dataset = client.project(part.project).dataset(part.dataset, kind=part.kind)
            report = dataset.send(batch, part.origin, quiet=quiet)
        except Exception as problem:
            problem.add_note(f"This happened with the recorded part {file}.")
            raise
        (folder / SENT).mkdir(exist_ok=True)
        file.replace(folder / SENT / file.name)
        yield SyncedPart(part.project, part.dataset, report)
