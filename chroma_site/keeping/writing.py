"""Writing an archive: a ZIP file whose comment is the checksum of all before it.

So any tool can look inside, and one changed or missing byte anywhere is noticed before anything is believed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from apps.storage.files import force_to_disk
from chroma_site.keeping.errors import Refused
from chroma_site.keeping.manifest import MANIFEST, Manifest, Member

SEAL_BYTES = 64
PART_SUFFIX = ".part"


class SealedFile:
    """A file that is written from front to end; its last 64 bytes give way to the checksum of those before."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sum = hashlib.sha256()
        self._tail = b""

    def write(self, data: bytes) -> int:
        whole = self._tail + bytes(data)
        body, self._tail = whole[:-SEAL_BYTES], whole[-SEAL_BYTES:]
        self._sum.update(body)
        self._file.write(body)
        return len(data)

    def flush(self) -> None:
        self._file.flush()

    def seal(self) -> None:
        self._file.write(self._sum.hexdigest().encode())


class MemberWriter:
    """Counts and sums what goes into one member."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._sum = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        self._target.write(data)
        self._sum.update(data)
        self.size += len(data)

    def member(self, name: str) -> Member:
        return Member(name=name, size=self.size, sha256=self._sum.hexdigest())


class ArchiveWriter:
    def __init__(self, target: SealedFile) -> None:
        self._zip = zipfile.ZipFile(target, "w")  # type: ignore[call-overload]  # it needs write and flush only
        self._zip.comment = b"0" * SEAL_BYTES
        self.members: list[Member] = []

    @contextmanager
    def member(self, name: str, *, is_compressed: bool) -> Iterator[MemberWriter]:
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED if is_compressed else zipfile.ZIP_STORED
        with self._zip.open(entry, "w", force_zip64=True) as target:
            writer = MemberWriter(target)
            yield writer
        self.members.append(writer.member(name))

    def finish(self, manifest: Manifest) -> None:
        self._zip.writestr(zipfile.ZipInfo(MANIFEST), manifest.dump(), zipfile.ZIP_DEFLATED)
        self.close()

    def close(self) -> None:
        """End the ZIP file, also where it is given up: it would do so by itself later, and complain."""
        self._zip.close()


@contextmanager
def new_file(path: Path) -> Iterator[SealedFile]:
    """A file that gets its name once it is whole and on disk. Only its owner may read it: it holds everything."""
    part = path.with_name(path.name + PART_SUFFIX)
    try:
        handle = os.open(part, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as problem:
        raise Refused(f"Cannot write {part}: {problem.strerror}.") from problem
    with os.fdopen(handle, "wb") as file:
        _lock(file, part)
        try:
            # What a killed backup left is overwritten.
            file.truncate(0)
            sealed = SealedFile(file)
            yield sealed
            sealed.seal()
            file.flush()
            os.fsync(file.fileno())
            part.rename(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    force_to_disk(path.parent)


def _lock(file: BinaryIO, part: Path) -> None:
    """Make sure that the file is ours alone, and not one that has just got its final name."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(file.fileno()), part.stat()):
            return
    except (BlockingIOError, FileNotFoundError):
        pass
    raise Refused(f"Another backup is writing {part}.")
