"""What surrounds an upgrade of the database: one process at a time, and a copy of a SQLite file as it was before."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from django.db import connection
from django.utils import timezone

# Any number that nobody else uses in the same database.
ADVISORY_KEY = 7_240_185_522
KEPT_COPIES = 3
COPY_NAME = "before-upgrade-{:%Y%m%d-%H%M%S}.sqlite3"


@contextmanager
def upgrading_alone() -> Iterator[None]:
    """Wait for others that upgrade the same database; they may leave nothing to do. Ends with its process."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_KEY])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_KEY])
    else:
        handle = os.open(Path(settings.CHROMA_DATA_DIR) / "upgrade.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def copy_database() -> Path:
    """Keep the SQLite database as it is, whoever writes to it meanwhile; of such copies the last few stay."""
    folder = Path(settings.CHROMA_DATA_DIR) / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / COPY_NAME.format(timezone.now())
    part = path.with_suffix(".part")
    _require_space(folder)
    connection.ensure_connection()
    with closing(sqlite3.connect(part)) as target:
        part.chmod(0o600)
        connection.connection.backup(target)
    with part.open("rb") as copied:
        os.fsync(copied.fileno())
    part.rename(path)
    for old in sorted(folder.glob("before-upgrade-*.sqlite3"))[:-KEPT_COPIES]:
        old.unlink(missing_ok=True)
    return path


def _require_space(folder: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        needed = cursor.fetchone()[0]
    free = shutil.disk_usage(folder).free
    # Changing a table writes it anew, so an upgrade may need as much again.
    if free < 2 * needed:
        raise CommandError(
            f"The upgrade copies the database first and may need {2 * needed / 1e6:,.0f} MB in {folder}, where "
            f"{free / 1e6:,.0f} MB are free. Free some space, or back up elsewhere and run "
            "`manage.py migrate --no-copy`."
        )
