"""What is stored, as one value that differs when anything is: the database's rows, and the files."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

# Written by looking alone: when a token was last used, sessions, tries that count, and what waits for its chunks.
BESIDE = {"accounts_apitoken", "django_session", "accounts_tokenbucket", "datasets_upload", "datasets_uploadchunk"}


def stored() -> dict[str, str]:
    """A checksum of each table."""
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return {table: _checksum(table) for table in sorted(set(tables) - BESIDE)}


def files() -> set[str]:
    folder = Path(settings.CHROMA_DATA_DIR) / "files"
    return {f"{path.relative_to(folder)} {path.stat().st_size}" for path in folder.rglob("*") if path.is_file()}


def _checksum(table: str) -> str:
    columns = "id, username, password, is_active, is_staff" if table == "accounts_user" else "*"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {connection.ops.quote_name(table)}")
        rows = sorted(repr(row) for row in cursor.fetchall())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
