from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa

from apps.common.bodies import parse_json
from apps.common.errors import BadUserInput
from apps.curation.imports.problems import Problems
from apps.curation.imports.sources.csv import check_utf8
from apps.curation.imports.sources.source import LONGEST_LINE, ROWS_A_BATCH, Numbered, check_columns
from apps.curation.models import ImportFormat

# A batch is shorter where its lines are long.
BYTES_A_BATCH = 32 * 1024 * 1024


class JsonLinesSource:
    """One JSON object a line. Its columns are all names that any of the objects has."""

    format = ImportFormat.JSONL

    def __init__(self, path: Path) -> None:
        self._path = path
        check_utf8(path)
        self._columns: list[str] = []

    def columns(self) -> list[str]:
        """Known once the file was read."""
        return check_columns(self._columns)

    def batches(self, problems: Problems) -> Iterator[Numbered]:
        self._columns = []
        with self._path.open("rb") as handle:
            lots = _lots(_lines(handle), problems)
            for numbers, records in lots:
                known = set(self._columns)
                self._columns += dict.fromkeys(name for record in records for name in record if name not in known)
                check_columns(self._columns)
                arrays = [_array([record.get(name) for record in records]) for name in self._columns]
                yield np.array(numbers, dtype=np.int64), pa.table(arrays, names=self._columns)


def _lines(handle: BinaryIO) -> Iterator[bytes]:
    while line := handle.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise BadUserInput(f"A line is longer than {LONGEST_LINE // 2**20} MiB.")
        yield line


def _lots(lines: Iterator[bytes], problems: Problems) -> Iterator[tuple[list[int], list[dict[str, Any]]]]:
    numbers: list[int] = []
    records: list[dict[str, Any]] = []
    size = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        record = _record(number, line, problems)
        if record is not None:
            numbers.append(number)
            records.append(record)
            size += len(line)
        if len(records) >= ROWS_A_BATCH or size >= BYTES_A_BATCH:
            yield numbers, records
            numbers, records, size = [], [], 0
    if records:
        yield numbers, records


def _record(number: int, line: bytes, problems: Problems) -> dict[str, Any] | None:
    try:
        record = parse_json(line)
    except BadUserInput:
        problems.add(number, "", "the line is not valid JSON.")
        return None
    if not isinstance(record, dict):
        problems.add(number, "", 'the line must be a JSON object, as in {"key": "1"}.')
        return None
    return record


def _array(values: list[Any]) -> pa.Array:
    """The values under one Arrow type; as JSON text where they have none in common."""
    kind = _kind(values)
    if kind is not None:
        try:
            return pa.array(values, type=kind)
        except (pa.ArrowException, OverflowError):
            # A whole number that no float holds, or that has more than 64 bits.
            pass
    return pa.array([value if isinstance(value, str | None) else _text(value) for value in values], type=pa.string())


def _kind(values: list[Any]) -> pa.DataType | None:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {list}:
        return _kind_of_lists(values)
    if kinds <= {str}:
        return pa.string()
    if kinds <= {int, float}:
        return pa.float64() if float in kinds else pa.int64()
    return pa.bool_() if kinds == {bool} else None


def _kind_of_lists(values: list[Any]) -> pa.DataType | None:
    inner = {type(each) for value in values if value is not None for each in value}
    if inner <= {int, float}:
        return pa.list_(pa.float64())
    return pa.list_(pa.string()) if inner == {str} else None


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
