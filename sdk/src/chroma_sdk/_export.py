"""Exports: files of datapoints that a background job writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from chroma_sdk._documents.exports import DELETE_EXPORT, EXPORT
from chroma_sdk._download import download
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._noun import Noun
from chroma_sdk._waiting import wait_for_job

FORMATS = ("parquet", "csv", "jsonl", "coco", "keys")
SUFFIXES = {".parquet": "parquet", ".csv": "csv", ".jsonl": "jsonl", ".json": "coco", ".txt": "keys"}


class Export(Noun):
    """A file of datapoints, kept on the server for some days. Made by `Project.create_export`.

    Attributes
    ----------
    id : str
    format : str
    scope : dict
        What was asked for, with the names that things had then.
    file_name : str
    byte_size : int or None
        None until the job is done.
    row_count : int or None
    created_by : str or None
    created_at, expires_at : str
    """

    def __repr__(self) -> str:
        size = "not done yet" if self.byte_size is None else f"{self.row_count:,} rows, {self.byte_size:,} bytes"
        return f"<Export {self.file_name!r}: {size}>"

    def wait(self, *, quiet: bool = False) -> Export:
        """Wait until the file is there, with a progress bar. Interrupting (Ctrl-C) leaves the job running.

        Raises
        ------
        JobFailed
            With the reason that the server gives. JobCancelled if somebody cancelled it.
        """
        if self._job is not None and self.byte_size is None:
            title, url = f"export {self.file_name!r}", f"{self._home.url}/jobs"
            wait_for_job(self._connection, self._job["id"], title=title, url=url, quiet=quiet)
        self._take(self._connection.graphql(EXPORT, {"id": self.id})["export"])
        return self

    def download(self, path: str | Path, *, quiet: bool = False) -> Path:
        """Save the file. After the connection was cut it goes on, also in a later call; the content is checked.

        Parameters
        ----------
        path : str or Path
            The file, or a folder for a file of its own name.
        quiet : bool, default False
            Show no progress bar.

        Returns
        -------
        path : Path
            Where the file is.
        """
        target = Path(path)
        if target.is_dir():
            target /= self.file_name
        check_folder(target)
        if self.byte_size is None:
            self.wait(quiet=quiet)
        download(self._connection, f"/bulk/v1/exports/{self.id}/content", target, quiet=quiet)
        return target

    def delete(self) -> None:
        """Delete the file from the server."""
        self._mutate(DELETE_EXPORT)

    def _read(self, stored: Any) -> None:
        self._job = stored["job"]
        self.format: str = stored["format"].lower()
        self.scope: dict[str, Any] = dict(stored["scope"])
        self.file_name: str = stored["fileName"]
        self.byte_size: int | None = None if stored["byteSize"] is None else int(stored["byteSize"])
        self.row_count: int | None = stored["rowCount"]
        self.created_by: str | None = stored["createdBy"] and stored["createdBy"]["username"]
        self.created_at: str = stored["createdAt"]
        self.expires_at: str = stored["expiresAt"]


def as_format(format: str | None, path: str | Path) -> str:
    """Return the format as the server spells it; without one the end of the file's name says it."""
    known = format if format is not None else SUFFIXES.get(Path(path).suffix.lower(), "parquet")
    if known not in FORMATS:
        raise InvalidArgument("format", f"got {format!r}, wanted one of {', '.join(FORMATS)}.")
    return known.upper()


def check_folder(target: Path) -> None:
    """Raise where the file could not be written: better before the export than after."""
    if not target.parent.is_dir():
        raise InvalidArgument("path", f"there is no folder {str(target.parent)!r}.")
