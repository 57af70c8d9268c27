"""CSV of several dialects. Every value is read as text; what it is, is found out by looking at all of them."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pc_csv
from numpy.typing import NDArray

from apps.common.errors import BadUserInput
from apps.curation.column_names import GUARDED
from apps.curation.imports.problems import Problems
from apps.curation.imports.sources.source import LONGEST_LINE, Numbered, check_columns
from apps.curation.models import ImportFormat

DELIMITERS = ",;\t|"
HEAD_BYTES = 1024 * 1024
MARKS = (b"\xff\xfe", b"\xfe\xff")


class CsvSource:
    """The first line names the columns. A cell that is empty and not in quotes has no value."""

    format = ImportFormat.CSV

    def __init__(self, path: Path) -> None:
        self._path = path
        check_utf8(path)
        with path.open("rb") as file:
            self._is_guarded = file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8
        with path.open(encoding="utf-8-sig", newline="") as handle:
            head = handle.readline(HEAD_BYTES)
        self._delimiter = max(DELIMITERS, key=head.count) if any(each in head for each in DELIMITERS) else ","
        try:
            with path.open(encoding="utf-8-sig", newline="") as handle:
                lines = iter(lambda: _first_lines(handle), "")
                self._columns = check_columns(next(csv.reader(lines, delimiter=self._delimiter), []))
        except csv.Error as problem:
            raise BadUserInput("The first line, which names the columns, cannot be read as CSV.") from problem

    def columns(self) -> list[str]:
        return self._columns

    def batches(self, problems: Problems) -> Iterator[Numbered]:
        ragged: dict[int, str] = {}
        first = 1
        try:
            for batch in self._open(ragged):
                numbers = _numbers(first, batch.num_rows, ragged)
                yield numbers, self._unguarded(pa.Table.from_batches([batch]))
                first = int(numbers[-1]) + 1 if len(numbers) else first
        except pa.ArrowInvalid as problem:
            raise BadUserInput(_explained(str(problem), first)) from problem
        for row, message in ragged.items():
            problems.add(row, self._columns[0], message)

    def _unguarded(self, table: pa.Table) -> pa.Table:
        """Take off the apostrophes that keep spreadsheets from running texts."""
        if not self._is_guarded:
            return table
        columns = [pc.replace_substring_regex(column, f"^'([{GUARDED}])", r"\1") for column in table.columns]
        return pa.table(columns, names=table.column_names)

    def _open(self, ragged: dict[int, str]) -> Any:
        def leave_out(row: Any) -> str:
            cells, wanted = row.actual_columns, row.expected_columns
            # The reader counts the header as the first row.
            ragged[row.number - 1] = f"the row has {cells:,} cells where the header has {wanted:,}."
            return "skip"

        return pc_csv.open_csv(
            self._path,
            read_options=pc_csv.ReadOptions(use_threads=False, block_size=LONGEST_LINE),
            parse_options=pc_csv.ParseOptions(
                delimiter=self._delimiter, newlines_in_values=True, invalid_row_handler=leave_out
            ),
            convert_options=pc_csv.ConvertOptions(
                column_types=dict.fromkeys(self._columns, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )


def _first_lines(handle: TextIO) -> str:
    """The next line of the header: names with line breaks stand in several."""
    line = handle.readline(HEAD_BYTES)
    if len(line) == HEAD_BYTES:
        raise BadUserInput(f"The first line, which names the columns, is longer than {HEAD_BYTES // 2**20} MiB.")
    return line


def check_utf8(path: Path) -> None:
    """Refuse text in another encoding, naming the line."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    with path.open("rb") as handle:
        while piece := handle.read(HEAD_BYTES):
            if piece[:2] in MARKS and line == 1:
                raise BadUserInput("The file is UTF-16; save it as UTF-8.")
            try:
                line += decoder.decode(piece).count("\n")
            except UnicodeDecodeError as problem:
                line += piece[: problem.start].count(b"\n")
                raise BadUserInput(f"Line {line:,} is not UTF-8; save the file as UTF-8.") from problem
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as problem:
        raise BadUserInput("The file ends within a character; it is cut short.") from problem


def _numbers(first: int, count: int, left_out: dict[int, str]) -> NDArray[np.int64]:
    """The numbers of the next rows, without those that the reader left out."""
    numbers = np.arange(first, first + count + len(left_out))
    return numbers[~np.isin(numbers, list(left_out))][:count]


def _explained(problem: str, row: int) -> str:
    if "straddling" in problem:
        return f"After row {row - 1:,} a line is longer than {LONGEST_LINE // 2**20} MiB, or a quote is never closed."
    if "Empty CSV" in problem:
        return "The file is empty."
    return f"The file cannot be read as CSV after row {row - 1:,}."
