"""Immutable files in Django's storage: synced before any row names them, checked when they are read whole.

A file belongs to one project (`<project>/<uuid>`), is written once and never changed. Nobody deletes one but
`collect_garbage`, which calls `delete_file` for those that no row names any more, and `staging`.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import shutil
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from django.apps import apps
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from apps.common.errors import ChromaError, StorageFull
from apps.storage.models import StoredFile

logger = logging.getLogger(__name__)

# Below this much free space on the disk, nothing new is accepted, so that the database can still be written.
LEAST_FREE_BYTES = 1024**3
PIECE_BYTES = 1024**2

# Files that this process found damaged.
_suspects: set[str] = set()

# The folders whose names this process has forced to disk.
_durable_folders: set[Path] = set()


class DamagedFile(ChromaError):
    """A stored file is gone or is not what was written: only a backup helps.

    The server works and asking again does not help, so the status is none that programs try again.
    """

    code: ClassVar[str] = "DAMAGED_FILE"
    status: ClassVar[int] = 410


class NamedFile(Protocol):
    """What names a file: a `WrittenFile`, or a row that inherits `StoredFile`."""

    @property
    def path(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def sha256(self) -> str: ...


@dataclass(frozen=True)
class WrittenFile:
    """A file that is safely stored but which no row names yet."""

    path: str
    size: int
    sha256: str


def folder_of(project_id: uuid.UUID) -> str:
    """The folder of a project's files."""
    return str(project_id)


def write_file(
    folder: str, content: bytes | memoryview, *, sha256: str | None = None, synced: bool = True
) -> WrittenFile:
    """Store the content under a new name in the folder. On return it survives a power cut.

    Who has just computed the checksum gives it: for large content that is a good part of the work. `synced=False` is
    for what is checked before it is used and can be sent again, such as the chunks of an upload.
    """
    body: ContentFile[bytes] = ContentFile(content)  # type: ignore[arg-type]  # BytesIO takes any buffer
    body.DEFAULT_CHUNK_SIZE = len(content) or 1  # in one piece
    path = _save(folder, body, synced=synced)
    return WrittenFile(path=path, size=len(content), sha256=sha256 or hashlib.sha256(content).hexdigest())


def store_file(folder: str, source: Path) -> WrittenFile:
    """Store a local file, however large, under a new name in the folder, piece by piece."""
    require_space(source.stat().st_size)
    with source.open("rb") as handle:
        sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
        handle.seek(0)
        path = _save(folder, File(handle), synced=True)
    return WrittenFile(path=path, size=source.stat().st_size, sha256=sha256)


def put_back(path: str, content: File[bytes]) -> None:
    """Store a file of a backup under the name that rows have for it. On return it survives a power cut."""
    # What lies there was left by a restore that did not end: no row names it yet.
    default_storage.delete(path)
    stored = default_storage.save(path, content)
    if stored != path:
        default_storage.delete(stored)
        raise FileExistsError(f"{path} was written by somebody else meanwhile")
    _sync(path)


def read_file(file: NamedFile) -> bytes:
    """The whole content, checked against the size and checksum that were kept when it was written."""
    try:
        with default_storage.open(file.path) as handle:
            content: bytes = handle.read()
    except OSError as problem:
        raise _damaged(file) from problem
    if not _is_whole(file, content):
        raise _damaged(file)
    return content


def read_ranges(file: NamedFile, ranges: Sequence[tuple[int, int]]) -> list[bytes]:
    """Pieces of a file, each given by its start and size. Only whole files can be checked against their checksum."""
    pieces = []
    try:
        with default_storage.open(file.path) as handle:
            for start, size in ranges:
                handle.seek(start)
                pieces.append(handle.read(size))
    except OSError as problem:
        raise _damaged(file) from problem
    if any(len(piece) != size for piece, (_, size) in zip(pieces, ranges, strict=True)):
        raise _damaged(file)
    return pieces


def iter_range(file: NamedFile, start: int, end: int) -> Iterator[bytes]:
    """The bytes from `start` up to `end`, piece by piece, for files that are too large to be held in memory."""
    left = end - start
    try:
        with default_storage.open(file.path) as handle:
            handle.seek(start)
            while left and (piece := handle.read(min(PIECE_BYTES, left))):
                left -= len(piece)
                yield piece
    except OSError as problem:
        raise _damaged(file) from problem
    if left:
        raise _damaged(file)


def refuse_suspects(files: Iterable[NamedFile]) -> None:
    """Raise where a file that was found damaged before still is.

    For who is about to stream: a stream that meets damage can only break off, and is asked for again.
    """
    for file in files:
        if file.path in _suspects:
            read_file(file)
            _suspects.discard(file.path)


def require_space(size: int) -> None:
    """Refuse what would fill the disk."""
    free = free_bytes()
    if free is not None and free < size + LEAST_FREE_BYTES:
        raise StorageFull("The server's disk is nearly full; nothing more can be stored. Tell its administrator.")


def free_bytes() -> int | None:
    """How much more the disk takes; None for object stores, which have no end to check."""
    root = _local(".")
    if root is None:
        return None
    while not root.exists():
        root = root.parent
    return shutil.disk_usage(root).free


def force_to_disk(place: Path) -> None:
    """Sync a local file, or the names in a folder."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def delete_file(path: str) -> None:
    """Delete for good. For `collect_garbage` and `staging`, which make sure that no row names the file."""
    default_storage.delete(path)


def stored_models() -> list[type[StoredFile]]:
    """Every model whose rows name files."""
    return [model for model in apps.get_models() if issubclass(model, StoredFile)]


def _is_whole(file: NamedFile, content: bytes) -> bool:
    """Whether this is what was written."""
    return len(content) == file.size and hashlib.sha256(content).hexdigest() == file.sha256


def _save(folder: str, content: File[bytes], *, synced: bool) -> str:
    name = f"{folder}/{uuid.uuid4().hex}"
    try:
        path: str = default_storage.save(name, content)
        if synced:
            _sync(path)
    except OSError:
        # What a full disk took of it would lie there for a day, and no row will ever name it.
        with contextlib.suppress(OSError):
            default_storage.delete(name)
        raise
    return path


def _sync(path: str) -> None:
    """Force the file, and the folders by which it is found, to disk. Object stores are durable once they answer."""
    local, root = _local(path), _local("")
    if local is None or root is None:
        return
    force_to_disk(local)
    force_to_disk(local.parent)
    # That a folder is there does not say that its name is on disk: somebody may have made it a moment ago.
    for folder in local.parents:
        if folder in _durable_folders or folder == root.parent:
            break
        force_to_disk(folder.parent)
        _durable_folders.add(folder)


def _local(path: str) -> Path | None:
    try:
        return Path(default_storage.path(path))
    except NotImplementedError:
        return None


def _damaged(file: NamedFile) -> DamagedFile:
    _suspects.add(file.path)
    logger.error("The stored file %s is missing or damaged", file.path)
    return DamagedFile("A stored file is missing or damaged. The server's administrator must restore it from a backup.")
