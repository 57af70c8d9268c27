"""Finding out what a file is, by its content; its name may say anything."""

from __future__ import annotations

import json
from pathlib import Path

from apps.common.errors import BadUserInput, UnsupportedType
from apps.curation.imports.sources.archive import Archive
from apps.curation.imports.sources.coco import CocoSource
from apps.curation.imports.sources.csv import CsvSource
from apps.curation.imports.sources.jsonl import JsonLinesSource
from apps.curation.imports.sources.parquet import ParquetSource
from apps.curation.imports.sources.source import LONGEST_LINE, Source

HEAD_BYTES = 64 * 1024
# What people send by mistake, by its first bytes.
KNOWN_OTHERS = {
    b"\x93NUMPY": "a NumPy file",
    b"ARROW1": "an Arrow file (Feather); write it as Parquet",
    b"\x1f\x8b": "compressed with gzip; unpack it first",
    b"7z\xbc\xaf": "a 7z archive; make it a ZIP",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook; save it as CSV",
    b"SQLite format 3": "a SQLite database",
}
KNOWN = "Known are Parquet, CSV, JSON Lines, COCO, and a ZIP of one of these with its images."


def open_file(path: Path, unpacked: Path) -> tuple[Source, Archive | None]:
    """Open a file; of an archive the file of rows inside, which is written to `unpacked`."""
    with path.open("rb") as handle:
        is_archive = handle.read(4) == b"PK\x03\x04"
    if not is_archive:
        return open_source(path), None
    archive = Archive(path)
    archive.extract_rows(unpacked)
    return open_source(unpacked), archive


def open_source(path: Path) -> Source:
    """Open a file that is no archive."""
    with path.open("rb") as handle:
        head = handle.read(HEAD_BYTES)
    if head.startswith(b"PAR1"):
        return ParquetSource(path)
    for start, what in KNOWN_OTHERS.items():
        if head.startswith(start):
            raise UnsupportedType(f"This is {what}. {KNOWN}")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        raise BadUserInput("The file is empty.")
    if text.startswith(b"["):
        raise UnsupportedType("This is a JSON list; write one JSON object a line instead (JSON Lines).")
    if text.startswith(b"{"):
        return JsonLinesSource(path) if _is_one_a_line(path) else CocoSource(path)
    if text.startswith(b"<"):
        raise UnsupportedType(f"This is HTML or XML. {KNOWN}")
    if b"\x00" in head and head[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        raise UnsupportedType(f"This file is none that can be imported. {KNOWN}")
    return CsvSource(path)


def _is_one_a_line(path: Path) -> bool:
    """Whether the first line is a JSON object of its own, but not all of COCO in one line."""
    with path.open("rb") as handle:
        line = handle.readline(LONGEST_LINE).removeprefix(b"\xef\xbb\xbf")
        is_next_object = handle.read(HEAD_BYTES).lstrip().startswith(b"{")
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        # Broken, or only the beginning of something larger.
        return is_next_object and line.rstrip().endswith(b"}")
    return isinstance(record, dict) and not record.keys() >= {"images", "annotations"}
