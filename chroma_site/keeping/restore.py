"""An archive back into an empty installation, whatever the kind of its database.

First all of the archive is checked. Then the files are stored, which nobody sees as no row names them, then all rows in
one transaction: an installation is empty until it is whole, and what was cut short is simply begun again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from apps.jobs.schema import Schema
from apps.storage.files import free_bytes, put_back
from chroma_site.keeping.errors import KeepingFailed, Refused
from chroma_site.keeping.installation import check_empty, make_ready
from chroma_site.keeping.loading import load_tables
from chroma_site.keeping.manifest import FILES, Manifest
from chroma_site.keeping.progress import Progress
from chroma_site.keeping.reading import Archive, opened


@dataclass(frozen=True)
class Restored:
    rows: int
    files: int
    manifest: Manifest


def restore(path: Path, *, progress: Progress) -> Restored:
    """Fill this empty installation with what is in the archive, and bring it to this version's schema."""
    progress.step(f"Checking {path}.")
    with opened(path, progress) as archive:
        manifest = archive.manifest
        _check_version(manifest)
        check_empty()
        _check_space(manifest)
        _restore_files(archive, progress)
        names = set(manifest.migrations)
        make_ready(names)
        try:
            rows = _restore_rows(archive, names, progress)
        except (DatabaseError, ValueError, LookupError, TypeError) as problem:
            raise KeepingFailed(
                f"The archive's rows do not fit together ({' '.join(str(problem).split())}); nothing was restored."
            ) from problem
    call_command("migrate", interactive=False, verbosity=0, no_copy=True)
    return Restored(rows=rows, files=len(manifest.files()), manifest=manifest)


def _check_version(manifest: Manifest) -> None:
    schema = Schema()
    if schema.unknown:
        raise Refused("The database is of a newer version of Chroma than this one.")
    if newer := set(manifest.migrations) - schema.known:
        raise Refused(
            f"The archive is from version {manifest.version}, this is {settings.CHROMA_VERSION}: it has "
            f"{len(newer):,} migrations that this version does not know. Restore it with version {manifest.version} "
            "or a newer one."
        )


def _check_space(manifest: Manifest) -> None:
    free = free_bytes()
    if free is None:
        return
    # Rows take about as much again in the database, and as much for a moment in its log.
    files = sum(member.size for member in manifest.files())
    rows = sum(member.size for member in manifest.members) - files
    needed = files + (2 * rows if connection.vendor == "sqlite" else 0)
    if free < needed:
        raise Refused(f"The archive needs {needed / 1e6:,.0f} MB, and the disk has {free / 1e6:,.0f} MB free.")


def _restore_files(archive: Archive, progress: Progress) -> None:
    files = archive.manifest.files()
    for place, member in enumerate(files):
        with archive.open(member.name) as source:
            put_back(member.name.removeprefix(FILES), File(source))
        progress.tell(f"Stored {place + 1:,} of {len(files):,} files")


def _restore_rows(archive: Archive, names: set[tuple[str, str]], progress: Progress) -> int:
    models_then = Schema().models_at(names)
    with transaction.atomic():
        # Again, where nobody else can write to SQLite until we are done.
        check_empty()
        count = load_tables(archive, models_then, progress)
        connection.check_constraints()
    return count
