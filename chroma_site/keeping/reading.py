"""Reading an archive: everything is checked before anybody believes a word of it."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from chroma_site.keeping.errors import Refused
from chroma_site.keeping.manifest import FORMAT, MANIFEST, PRODUCT, Manifest, Member
from chroma_site.keeping.progress import Progress
from chroma_site.keeping.writing import SEAL_BYTES

PIECE = 1024**2
LARGEST_MANIFEST = 256 * 1024**2
MOST_MEMBERS = 1_000_000
# What deflate can make of one byte, with some room: rows that claim more are a bomb.
LARGEST_RATIO = 1_100


class Archive:
    """A checked archive."""

    def __init__(self, zipped: zipfile.ZipFile, manifest: Manifest) -> None:
        self._zip = zipped
        self.manifest = manifest

    def open(self, name: str) -> IO[bytes]:
        return self._zip.open(name)


@contextmanager
def opened(path: Path, progress: Progress) -> Iterator[Archive]:
    """The archive, every byte of it checked; raises `Refused` where anything is not as it was written."""
    try:
        file = path.open("rb")
    except OSError as problem:
        raise Refused(f"Cannot read {path}: {problem.strerror}.") from problem
    with file:
        _check_seal(file, progress)
        try:
            archive = _checked(zipfile.ZipFile(file), progress)
        # Python says NotImplementedError of a compression that it does not know.
        except (zipfile.BadZipFile, NotImplementedError, EOFError) as problem:
            raise Refused(f"{path} is not a whole archive of Chroma: {problem}.") from problem
        yield archive


def _checked(zipped: zipfile.ZipFile, progress: Progress) -> Archive:
    archive = Archive(zipped, _manifest(zipped))
    _check_members(zipped, archive.manifest)
    for place, member in enumerate(archive.manifest.members):
        _check_content(archive, member)
        progress.tell(f"Checked {place + 1:,} of {len(archive.manifest.members):,} members")
    return archive


def _check_seal(file: BinaryIO, progress: Progress) -> None:
    size = os.fstat(file.fileno()).st_size
    left, done = size - SEAL_BYTES, 0
    found = hashlib.sha256()
    while done < left:
        piece = file.read(min(PIECE, left - done))
        if not piece:
            break
        found.update(piece)
        done += len(piece)
        progress.tell(f"Checked {done / 1e6:,.0f} of {size / 1e6:,.0f} MB")
    if left < 0 or file.read() != found.hexdigest().encode():
        raise Refused(
            "The checksum of the archive differs: it is not an archive of Chroma, or it was cut short or changed."
        )


def _manifest(zipped: zipfile.ZipFile) -> Manifest:
    try:
        entry = zipped.getinfo(MANIFEST)
        if entry.file_size > LARGEST_MANIFEST:
            raise Refused("The archive's manifest is too large.")
        content = json.loads(zipped.read(entry))
        if content.get("product") != PRODUCT:
            raise Refused(f"This is an archive of {str(content.get('product'))[:80]!r}, not of Chroma.")
        if not isinstance(content.get("format"), int) or content["format"] > FORMAT:
            raise Refused(
                f"The archive has format {str(content.get('format'))[:80]}, written by Chroma "
                f"{str(content.get('version'))[:80]}; this version reads formats up to {FORMAT}. "
                "Restore it with the version that wrote it, or a newer one."
            )
        return Manifest.load(content)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Refused(f"The archive's manifest cannot be read ({problem}).") from problem


def _check_members(zipped: zipfile.ZipFile, manifest: Manifest) -> None:
    """The members are those of the manifest, each once; none would unpack to more than it says."""
    entries = zipped.infolist()
    if len(entries) > MOST_MEMBERS:
        raise Refused(f"The archive has {len(entries):,} members; {MOST_MEMBERS:,} are allowed.")
    names = [entry.filename for entry in entries]
    if len(names) != len(set(names)):
        raise Refused("The archive has two members of the same name.")
    told = {member.name: member for member in manifest.members}
    if problem := set(names) - set(told) - {MANIFEST}:
        raise Refused(f"The archive has a member that its manifest does not name: {min(problem)[:80]!r}.")
    if problem := set(told) - set(names):
        raise Refused(f"The archive lacks a member that its manifest names: {min(problem)[:80]!r}.")
    for entry in entries:
        if entry.filename != MANIFEST and entry.file_size != told[entry.filename].size:
            raise Refused(f"The size of {entry.filename} in the archive differs from its manifest.")
        if entry.file_size > LARGEST_RATIO * max(entry.compress_size, 1):
            raise Refused(f"{entry.filename} in the archive would unpack to more than it can hold.")


def _check_content(archive: Archive, member: Member) -> None:
    found, size = hashlib.sha256(), 0
    with archive.open(member.name) as source:
        # One byte more than promised is asked for, never more: what unpacks to too much is noticed, not unpacked.
        while size <= member.size and (piece := source.read(min(PIECE, member.size + 1 - size))):
            found.update(piece)
            size += len(piece)
    if size != member.size or found.hexdigest() != member.sha256:
        raise Refused(f"The checksum of {member.name} in the archive differs.")
