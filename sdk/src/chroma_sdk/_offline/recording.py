"""`chroma.record`: the part of the client that logs, writing to a folder instead of a server."""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from typing import Any

from chroma_sdk._batch import make_batch
from chroma_sdk._dataset_names import check_kind, origin_of
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._offline.part import Part, write_part
from chroma_sdk._report import Report

PART_NAME = re.compile(r"(\d{6})-[0-9a-f]{8}\.parquet")


def record(path: str | Path) -> Recording:
    """Record what is logged in a folder of Parquet files, to be sent later by `chroma-sdk sync PATH` or `sync`.

    Parameters
    ----------
    path : str or Path
        A folder; made if it is missing. What is recorded there already stays and is sent first.

    Examples
    --------
    >>> test = record("runs/monday").project("MNIST").dataset("test", kind="test")  # doctest: +SKIP
    >>> test.log(keys, labels=labels)  # doctest: +SKIP
    """
    return Recording(Path(path))


class Recording:
    """A folder that what is logged goes to. Get one from `record`."""

    def __init__(self, path: Path) -> None:
        if path.exists() and not path.is_dir():
            raise InvalidArgument("path", f"{str(path)!r} is no folder.")
        path.mkdir(parents=True, exist_ok=True)
        self.path = path

    def project(self, name: str) -> RecordingProject:
        """Name the project: "MNIST" of whoever sends it later, or exactly "alice/MNIST"."""
        if not str(name).strip():
            raise InvalidArgument("name", f"got {name!r}, wanted a name such as 'MNIST' or 'alice/MNIST'.")
        return RecordingProject(self.path, name.strip())


class RecordingProject:
    """A project that is recorded for. Get one from `Recording.project`."""

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        self.name = name

    def dataset(self, name: str, *, kind: str | None = None) -> RecordingDataset:
        """Name the dataset; it is made when the recording is sent. The arguments are those of `Project.dataset`."""
        if not str(name).strip():
            raise InvalidArgument("name", f"got {name!r}, wanted a name such as 'train'.")
        return RecordingDataset(self._path, self.name, name.strip(), check_kind(kind))


class RecordingDataset:
    """A dataset that is recorded for. Get one from `RecordingProject.dataset`; `capture` and `autolog` take it too."""

    def __init__(self, path: Path, project: str, name: str, kind: str | None) -> None:
        self._path = path
        self._project = project
        self.name = name
        self.kind = kind

    def log(
        self,
        keys: Any,
        *,
        model: str | None = None,
        version: str | None = None,
        layer: str | None = None,
        quiet: bool = False,
        **arguments: Any,
    ) -> Report:
        """Record datapoints. Arguments are those of `Dataset.log`, and checked in the same way.

        Files are copied into the recording. The report counts nothing: only the server knows what is new to it.
        """
        origin = origin_of(model, version, layer)
        batch = make_batch(keys=keys, **arguments)
        part = Part(self._project, self.name, self.kind, origin, batch.classes)
        write_part(self._path / _next_name(self._path), part, batch)
        return Report()


def recorded_parts(path: Path) -> list[Path]:
    """Return the parts that are in the folder, in the order in which they were recorded."""
    return sorted(found for found in path.iterdir() if PART_NAME.fullmatch(found.name))


def _next_name(path: Path) -> str:
    """Return a name after all others; the random end keeps two processes that record at once apart."""
    parts = recorded_parts(path)
    number = int(parts[-1].name[:6]) + 1 if parts else 1
    return f"{number:06d}-{uuid.uuid4().hex[:8]}.parquet"
