"""All that is stored, so that a test can say that nothing of it changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.db import connection


def all_rows() -> dict[str, str]:
    """A checksum of each table of the database."""
    with connection.cursor() as cursor:
        return {table: _checksum(cursor, table) for table in sorted(connection.introspection.table_names())}


def all_files() -> dict[str, tuple[int, int]]:
    """Size and time of every stored file; none is ever written twice."""
    folder = Path(settings.CHROMA_DATA_DIR) / "files"
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in files}


def _checksum(cursor, table: str) -> str:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
    rows = sorted(repr([bytes(value) if isinstance(value, memoryview) else value for value in row]) for row in cursor)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
