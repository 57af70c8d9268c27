"""The stored files that rows name, and whether they still are what was written."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.core.files.storage import default_storage

from apps.storage.models import StoredFile
from chroma_site.keeping.tables import kept_file_models

PIECE = 1024**2
ROWS_AT_ONCE = 2_000

Sink = Callable[[bytes], object]


@dataclass(frozen=True)
class Part:
    """What a row names: some bytes of a file and their checksum."""

    offset: int
    size: int
    sha256: str


@dataclass(frozen=True)
class NamedFile:
    """A file and what rows say of it. Uploaded files lie packed: many rows then name parts of one file."""

    path: str
    parts: list[Part]
    # Whether its only part is all of it.
    is_whole: bool

    @property
    def least_size(self) -> int:
        return max(part.offset + part.size for part in self.parts)


def named_files(models: Sequence[type[StoredFile]] | None = None) -> Iterator[NamedFile]:
    """Every file that a kept row names, once each, straight from the database."""
    for model in kept_file_models() if models is None else models:
        yield from _grouped(_rows(model))


def write_named_files(target: IO[bytes]) -> None:
    """The same as lines, for who must not keep the database's snapshot open until all files are read."""
    for model in kept_file_models():
        target.writelines(json.dumps(row).encode() + b"\n" for row in _rows(model))


def read_named_files(source: Iterable[bytes]) -> Iterator[NamedFile]:
    return _grouped(json.loads(line) for line in source)


def check_file(file: NamedFile, source: IO[bytes], sink: Sink) -> str | None:
    """Read the file to its end, handing on what is read; says what is wrong with it."""
    sums = [(part, hashlib.sha256()) for part in file.parts]
    done, first = 0, 0
    while piece := source.read(PIECE):
        sink(piece)
        end = done + len(piece)
        while first < len(sums) and sums[first][0].offset + sums[first][0].size <= done:
            first += 1
        for part, found in sums[first:]:
            if part.offset >= end:
                break
            found.update(piece[max(part.offset - done, 0) : max(part.offset + part.size - done, 0)])
        done = end
    if done < file.least_size or (file.is_whole and done != file.least_size):
        return f"it has {done:,} bytes instead of {file.least_size:,}"
    if wrong := sum(found.hexdigest() != part.sha256 for part, found in sums):
        which = "its checksum" if file.is_whole else f"the checksum of {wrong:,} of its {len(sums):,} parts"
        return f"{which} differs"
    return None


def open_file(file: NamedFile) -> IO[bytes] | None:
    """The stored file, open; None where it is missing."""
    try:
        opened: IO[bytes] = default_storage.open(file.path)
        # An object store asks when the first byte is wanted.
        opened.read(1)
        opened.seek(0)
    except OSError:
        return None
    return opened


def _rows(model: type[StoredFile]) -> Iterator[Sequence[Any]]:
    """Path, offset, size, checksum, and whether that is the whole file, in the order of the paths."""
    is_packed = any(field.name == "offset" for field in model._meta.concrete_fields)
    columns = ("path", "offset", "size", "sha256") if is_packed else ("path", "size", "sha256")
    rows = model._base_manager.exclude(path="").order_by(*columns[: 2 if is_packed else 1], "pk").values_list(*columns)
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield (*row, False) if is_packed else (row[0], 0, *row[1:], True)


def _grouped(rows: Iterable[Sequence[Any]]) -> Iterator[NamedFile]:
    for path, group in itertools.groupby(rows, key=lambda row: row[0]):
        listed = list(group)
        parts = [Part(offset, size, sha256) for _, offset, size, sha256, _ in listed]
        yield NamedFile(path=path, parts=parts, is_whole=all(row[-1] for row in listed))
