"""The whole database kept aside and put back, so that an operation can be tried again and again from one beginning."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection, connections

from apps.storage.files import stored_models


class Snapshot:
    """The database as it is now, and the files that it names."""

    def __init__(self) -> None:
        self._files = {path: Path(default_storage.path(path)).read_bytes() for path in _named_files()}
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            self._kept = sqlite3.connect(":memory:", check_same_thread=False)
            connection.connection.backup(self._kept)
        else:
            self._tables = {table: _copied_out(table) for table in _tables()}
            self._numbers = _numbers()

    def restore(self) -> None:
        for path, content in self._files.items():
            if not default_storage.exists(path):
                Path(default_storage.path(path)).write_bytes(content)
        self._restore_rows()

    def _restore_rows(self) -> None:
        if connection.vendor == "sqlite":
            connections.close_all()
            connection.ensure_connection()
            self._kept.backup(connection.connection)
            return
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, self._tables))} CASCADE")
            cursor.execute("BEGIN")
            for table, content in self._tables.items():
                with cursor.copy(f"COPY {connection.ops.quote_name(table)} FROM STDIN") as copy:
                    copy.write(content)
            for name, value in self._numbers.items():
                cursor.execute("SELECT setval(%s, %s)", [name, value])
            cursor.execute("COMMIT")


def _named_files() -> set[str]:
    return {path for model in stored_models() for path in model._default_manager.values_list("path", flat=True) if path}


def _tables() -> list[str]:
    return [name for name in connection.introspection.table_names() if name != "django_migrations"]


def _copied_out(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f"COPY {connection.ops.quote_name(table)} TO STDOUT") as copy:
        return b"".join(bytes(piece) for piece in copy)


def _numbers() -> dict[str, int]:
    """The next numbers of all sequences: ids given after a restore are those that were given after the snapshot."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT schemaname || '.' || sequencename, coalesce(last_value, 1) FROM pg_sequences")
        return dict(cursor.fetchall())
