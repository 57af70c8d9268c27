"""Everything that Chroma keeps as one file: the rows of one moment, then the files that they name.

Stored files never change, and nobody deletes any while a backup runs, so the files of the snapshot are still there when
they are copied.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection, models
from django.db.models import Sum
from django.utils import timezone

from apps.jobs.schema import Schema
from apps.storage.lock import keeping_files
from chroma_site.keeping.errors import KeepingFailed, Refused
from chroma_site.keeping.manifest import FILES, PLAIN_NAME, Manifest, Table
from chroma_site.keeping.named_files import NamedFile, check_file, open_file, read_named_files, write_named_files
from chroma_site.keeping.progress import Progress
from chroma_site.keeping.sequences import last_number
from chroma_site.keeping.snapshot import snapshot
from chroma_site.keeping.tables import kept_file_models, kept_models, stored_fields
from chroma_site.keeping.values import RowCodec
from chroma_site.keeping.writing import ArchiveWriter, new_file

ROWS_AT_ONCE = 2_000
MOST_TOLD = 20


@dataclass
class Summary:
    """What went into a backup."""

    rows: int = 0
    files: int = 0
    size: int = 0
    damaged: dict[str, str] = field(default_factory=dict)


def back_up(path: Path, *, skip_damaged: bool, progress: Progress) -> Summary:
    """Write an archive; the file has its name only once it is whole.

    A stored file that is missing or damaged ends the backup, unless it is to be skipped: then what there is of it is
    taken as it is, and the archive says so.
    """
    schema = Schema()
    _check_schema(schema)
    if path.exists():
        raise Refused(f"{path} exists already. Give another name, or move it away.")
    if not path.parent.is_dir():
        raise Refused(f"There is no folder {path.parent}.")
    _check_space(path.parent)
    with (
        keeping_files(lambda: progress.step("Waiting until collect_garbage is done.")),
        new_file(path) as target,
        closing(ArchiveWriter(target)) as archive,
        tempfile.TemporaryFile(dir=path.parent) as named,
    ):
        with snapshot():
            tables = [_write_rows(archive, model, progress) for model in kept_models()]
            write_named_files(named)
        summary = Summary(rows=sum(table.rows for table in tables))
        _write_files(archive, named, summary, progress)
        if summary.damaged and not skip_damaged:
            raise KeepingFailed(_told(summary.damaged))
        archive.finish(_manifest(schema, archive, tables, summary))
    summary.size = path.stat().st_size
    return summary


def _check_schema(schema: Schema) -> None:
    if schema.unknown:
        raise Refused("The database is of a newer version of Chroma than this one. Back it up with that version.")
    if schema.missing:
        raise Refused(
            f"The database lacks {len(schema.missing)} migrations of this version. Run `chroma manage migrate` first, "
            "or back it up with the version that it is of."
        )


def _check_space(folder: Path) -> None:
    """Rows are compressed and files are not; both together are never more than the two of them as they lie there."""
    needed = _database_bytes()
    for model in kept_file_models():
        needed += model._base_manager.exclude(path="").aggregate(total=Sum("size"))["total"] or 0
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Refused(
            f"The backup may need {needed / 1e6:,.0f} MB, and {folder} has {free / 1e6:,.0f} MB free. "
            "Free some space or name a file on another disk."
        )


def _database_bytes() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        size: int = cursor.fetchone()[0]
    return size


def _write_rows(archive: ArchiveWriter, model: type[models.Model], progress: Progress) -> Table:
    label, count = model._meta.label, 0
    fields = stored_fields(model)
    columns = [stored.attname for stored in fields]
    codec = RowCodec(fields)
    rows = model._base_manager.order_by("pk").values_list(*columns).iterator(chunk_size=ROWS_AT_ONCE)
    name = f"rows/{label}.jsonl"
    with archive.member(name, is_compressed=True) as member:
        for row in rows:
            member.write(codec.encode(row))
            count += 1
            if count % ROWS_AT_ONCE == 0:
                progress.tell(f"{label}: {count:,} rows")
    return Table(model=label, member=name, columns=columns, rows=count, last_number=last_number(model))


def _write_files(archive: ArchiveWriter, named: IO[bytes], summary: Summary, progress: Progress) -> None:
    named.seek(0)
    done = 0
    for file in read_named_files(named):
        problem = _write_file(archive, file)
        if problem:
            summary.damaged[file.path] = problem
            progress.step(f"Damaged: {file.path}: {problem}")
        summary.files += 1
        done += file.least_size
        progress.tell(f"{summary.files:,} files, {done / 1e6:,.0f} MB")


def _write_file(archive: ArchiveWriter, file: NamedFile) -> str | None:
    """Copy a stored file, and say what is wrong with it."""
    if not PLAIN_NAME.fullmatch(file.path):
        return "its name is none that Chroma gives"
    source = open_file(file)
    if source is None:
        return "it is missing"
    with source, archive.member(FILES + file.path, is_compressed=False) as member:
        try:
            return check_file(file, source, member.write)
        except OSError as problem:
            return f"it cannot be read ({problem.strerror})"


def _manifest(schema: Schema, archive: ArchiveWriter, tables: list[Table], summary: Summary) -> Manifest:
    return Manifest(
        version=settings.CHROMA_VERSION,
        created_at=timezone.now().isoformat(timespec="seconds"),
        database=connection.vendor,
        migrations=sorted(schema.applied),
        tables=tables,
        members=archive.members,
        damaged=summary.damaged,
    )


def _told(damaged: dict[str, str]) -> str:
    listed = [f"  {path}: {problem}" for path, problem in list(damaged.items())[:MOST_TOLD]]
    return "\n".join(
        [
            f"{len(damaged):,} stored files are missing or damaged, so no backup was written:",
            *listed,
            "Put them back from an older backup, or take all else with --skip-damaged.",
        ]
    )
