"""Imports: files that were sent to be logged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chroma_sdk._documents.imports import DELETE_IMPORT, IMPORT, START_IMPORT
from chroma_sdk._errors import ImportFailed, InvalidArgument, JobCancelled, JobFailed
from chroma_sdk._noun import Noun
from chroma_sdk._report import Report
from chroma_sdk._waiting import wait_for_job

SKIP = "skip"
SHOWN = 10


class Import(Noun):
    """A file that was sent to be logged. Made by `Project.import_file`; `Project.imports` lists them.

    Attributes
    ----------
    id : str
    file_name : str
    byte_size : int
    format : str or None
        None until the server has looked at the file.
    state : str
        "uploading", "inspecting", "ready", "running", "done" or "failed".
    row_count : int or None
    columns : dict
        The field that each column most likely is: "key", "label", "metadata:day", …, or None.
    preview : list of dict
        The first rows.
    errors : list of str
        The first problems, each with its row and column.
    error_count : int
        How many there are.
    report : Report
        What was logged.
    dataset : str or None
    created_by : str or None
    """

    def __repr__(self) -> str:
        return f"<Import {self.file_name!r}: {self.state}>"

    def wait(self, *, quiet: bool = False) -> Import:
        """Wait until the server has looked at the file, or logged it, with a progress bar.

        Raises
        ------
        ImportFailed
            The file cannot be read, or rows of it cannot be logged; it lists them, and nothing was logged.
        """
        if self._job is not None and self.state in ("inspecting", "running"):
            title, url = f"import of {self.file_name}", f"{self._home.url}/jobs"
            try:
                wait_for_job(self._connection, self._job["id"], title=title, url=url, quiet=quiet)
            except JobCancelled:
                raise
            except JobFailed as problem:
                self._refresh()
                raise self._failure(str(problem)) from problem
        self._refresh()
        if self.state == "failed":
            raise self._failure(f"The import of {self.file_name} failed.")
        return self

    def start(
        self,
        dataset: str,
        *,
        kind: str | None = None,
        mapping: Mapping[str, str] | None = None,
        model: str | None = None,
        version: str | None = None,
        layer: str | None = None,
        skip_bad_rows: bool = False,
    ) -> Import:
        """Log what the file holds, in a background job; the arguments are those of `Project.import_file`."""
        strange = [column for column in mapping or {} if column not in self.columns]
        if strange:
            known = ", ".join(self.columns)
            raise InvalidArgument("mapping", f"{self.file_name} has no column {strange[0]!r}; it has {known}.")
        chosen = {**self.columns, **(mapping or {})}
        asked = {
            "datasetName": dataset,
            "datasetKind": kind and kind.upper(),
            "mapping": [{"column": column, "field": field or SKIP} for column, field in chosen.items()],
            "model": model,
            "version": version,
            "layer": layer,
            "skipBadRows": skip_bad_rows,
        }
        self._take(self._mutate(START_IMPORT, **asked)["import"])
        return self

    def delete(self) -> None:
        """Delete the file from the server; what was logged stays."""
        self._mutate(DELETE_IMPORT)

    def _refresh(self) -> None:
        self._take(self._connection.graphql(IMPORT, {"id": self.id})["import"])

    def _failure(self, reason: str) -> ImportFailed:
        job_id = self._job["id"] if self._job else ""
        return ImportFailed(_with_rows(reason, self.errors, self.error_count), job_id=job_id, errors=self.errors)

    def _read(self, stored: Any) -> None:
        self._job = stored["job"]
        self.file_name: str = stored["fileName"]
        self.byte_size: int = int(stored["byteSize"])
        self.format: str | None = stored["format"] and stored["format"].lower()
        self.state: str = stored["state"].lower()
        self.row_count: int | None = stored["rowCount"]
        self.columns: dict[str, str | None] = {each["name"]: each["suggestedField"] for each in stored["columns"]}
        self.preview: list[dict[str, Any]] = list(stored["preview"])
        self.errors: list[str] = [_sentence(each) for each in stored["errors"]]
        self.error_count: int = stored["errorCount"]
        self.report: Report = Report.of(stored["report"] or {})
        self.dataset: str | None = stored["dataset"] and stored["dataset"]["name"]
        self.created_by: str | None = stored["createdBy"] and stored["createdBy"]["username"]


def _sentence(error: Any) -> str:
    where = [f"row {error['row']:,}"] if error["row"] else []
    where += [f"column {error['column']}"] if error["column"] else []
    return f"{', '.join(where)}: {error['message']}" if where else str(error["message"])


def _with_rows(reason: str, errors: list[str], count: int) -> str:
    listed = "".join(f"\n  {sentence}" for sentence in errors[:SHOWN])
    more = f"\n  … and {count - SHOWN:,} more" if count > SHOWN else ""
    return f"{reason}{listed}{more}"
