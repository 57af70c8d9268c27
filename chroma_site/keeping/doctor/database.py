"""Whether the database itself is sound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from apps.jobs.schema import Schema
from chroma_site.keeping.doctor.findings import Finding, problem, warning

MOST_TOLD = 10
LARGEST_LOG = 512 * 1024**2
RESTORE = "Stop Chroma and restore the last backup into a new data folder or database."


def check_migrations() -> Iterator[Finding]:
    schema = Schema()
    if schema.unknown:
        app, name = schema.unknown[0]
        yield problem(
            f"The database is of a newer version: {len(schema.unknown)} migrations are unknown here ({app}.{name}).",
            "Use the version that it was last used with, or a newer one.",
        )
    if schema.missing:
        yield problem(
            f"The database lacks {len(schema.missing)} migrations of this version.",
            "Back it up with the version that it is of, then run `chroma manage migrate`.",
        )


def check_integrity() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA integrity_check({MOST_TOLD})")
            for (line,) in cursor.fetchall():
                if line != "ok":
                    yield problem(f"The database file is damaged: {line}", RESTORE)
            cursor.execute("PRAGMA foreign_key_check")
            for table, row, target, _ in cursor.fetchmany(MOST_TOLD):
                yield problem(f"Row {row} of {table} names a row of {target} that is not there.", RESTORE)
        else:
            cursor.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")
            for (name,) in cursor.fetchall():
                yield problem(f"The index {name} is not valid.", f"Run `REINDEX INDEX {name};` in the database.")


def check_log() -> Iterator[Finding]:
    """SQLite's write-ahead log grows while something reads for long, and shrinks at no time by itself."""
    if connection.vendor != "sqlite":
        return
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        yield warning(
            f"SQLite's write-ahead log has {log.stat().st_size / 1e6:,.0f} MB: something reads for very long.",
            "Restart the server and the worker: the log is emptied when the last of them closes the database.",
        )
