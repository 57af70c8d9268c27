"""A ZIP that holds one file of rows and the images that they name. Only what is asked for is unpacked."""

from __future__ import annotations

import io
import lzma
import struct
import weakref
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from apps.common.errors import BadUserInput, LimitExceeded
from apps.datasets.services.files import LARGEST_FILE
from apps.storage.files import require_space

MOST_MEMBERS = 200_000
LARGEST_TOTAL = 16 * 1024**3
LARGEST_ROWS_FILE = 4 * 1024**3
# Honest files rarely shrink to less than a hundredth; what does so is made to fill disks.
LARGEST_RATIO = 200
SUSPECT_FROM = 64 * 1024 * 1024
# Where the members are listed: it is read as a whole before anything can be counted.
LARGEST_DIRECTORY = 32 * 1024 * 1024
PIECE_BYTES = 1024 * 1024
# What reading a damaged member may raise.
DAMAGE = (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, zlib.error, lzma.LZMAError)
ENDINGS = {".parquet", ".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".txt"}


class _ArchiveFile(io.FileIO):
    """Refuses a list of members that would fill the memory."""

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size > LARGEST_DIRECTORY:
            raise LimitExceeded(f"The archive holds too many files; at most {MOST_MEMBERS:,} are allowed.")
        return super().read(-1 if size is None else size) or b""


class Archive:
    """The members are named by their paths; a path that leads out of the archive is refused."""

    def __init__(self, path: Path) -> None:
        file = _ArchiveFile(path)
        weakref.finalize(self, file.close)
        try:
            self._zip = zipfile.ZipFile(file)
        except (*DAMAGE, ValueError, struct.error) as problem:
            raise BadUserInput(
                "This looks like a ZIP archive but cannot be read: it is cut short or damaged."
            ) from problem
        members = [member for member in self._zip.infolist() if not member.is_dir() and not _is_litter(member.filename)]
        if any(member.filename == "[Content_Types].xml" for member in members):
            raise BadUserInput("This is an Excel workbook or another Office file; save it as CSV.")
        _check(members)
        candidates = [member for member in members if PurePosixPath(member.filename).suffix.lower() in ENDINGS]
        if len(candidates) != 1:
            named = ", ".join(repr(member.filename[:100]) for member in candidates[:5])
            raise BadUserInput(
                f"The archive must hold exactly one file of rows (Parquet, CSV, JSONL or COCO), not {len(candidates)}"
                f"{f': {named}' if named else ''}."
            )
        self._rows_file = candidates[0]
        self._members = {member.filename: member for member in members if member is not candidates[0]}
        stems: dict[str, list[str]] = {}
        for name in self._members:
            for short in {PurePosixPath(name).name, PurePosixPath(name).stem}:
                stems.setdefault(short, []).append(name)
        self._by_short = {short: names[0] for short, names in stems.items() if len(names) == 1}

    def extract_rows(self, path: Path) -> None:
        """Write the file of rows to a local path, no more of it than it says it has."""
        left = self._rows_file.file_size
        require_space(left)
        try:
            with self._zip.open(self._rows_file) as source, path.open("wb") as target:
                while piece := source.read(PIECE_BYTES):
                    left -= len(piece)
                    if left < 0:
                        raise BadUserInput("The archive holds more than it says; it is damaged or made to do harm.")
                    target.write(piece)
        except DAMAGE as problem:
            raise BadUserInput(f"{self._rows_file.filename[:100]!r} in the archive is damaged.") from problem

    def find(self, name: str) -> str | None:
        """The member that a row means: by its path, else by its name or checksum where only one is called so."""
        return name if name in self._members else self._by_short.get(PurePosixPath(name).name)

    def read(self, member: str) -> bytes:
        try:
            # Piece by piece: what is unpacked at once may be more than the member says it has.
            with self._zip.open(self._members[member]) as source:
                return b"".join(iter(lambda: source.read(PIECE_BYTES), b""))
        except DAMAGE as problem:
            raise BadUserInput(f"{member[:100]!r} in the archive is damaged.") from problem

    def size(self, member: str) -> int:
        return self._members[member].file_size


def _check(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise LimitExceeded(f"The archive holds {len(members):,} files; at most {MOST_MEMBERS:,} are allowed.")
    if sum(member.file_size for member in members) > LARGEST_TOTAL:
        raise LimitExceeded(f"Unpacked the archive has more than {LARGEST_TOTAL // 1024**3} GiB.")
    for member in members:
        path, shown = PurePosixPath(member.filename), repr(member.filename[:100])
        has_drive = ":" in member.filename.partition("/")[0]
        if path.is_absolute() or ".." in path.parts or "\\" in member.filename or has_drive:
            raise BadUserInput(f"The archive holds the path {shown}, which leads out of it.")
        if member.flag_bits & 1:
            raise BadUserInput(f"{shown} in the archive is encrypted.")
        is_rows = path.suffix.lower() in ENDINGS
        if member.file_size > (LARGEST_ROWS_FILE if is_rows else LARGEST_FILE):
            raise LimitExceeded(f"{shown} in the archive has {member.file_size:,} bytes, which is too large.")
        if member.file_size > max(SUSPECT_FROM, LARGEST_RATIO * member.compress_size):
            raise BadUserInput(f"{shown} in the archive is packed more than {LARGEST_RATIO}-fold; send it unpacked.")


def _is_litter(name: str) -> bool:
    """What operating systems leave in archives."""
    return name.startswith("__MACOSX/") or PurePosixPath(name).name in {".DS_Store", "Thumbs.db"}
