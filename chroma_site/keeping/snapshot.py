"""One moment of the database, while others go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """While it is entered, every query sees the database as it was at the beginning. Nobody waits for it."""
    if connection.vendor == "sqlite":
        with _sqlite_snapshot():
            yield
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SET LOCAL statement_timeout = 0")
            yield


@contextmanager
def _sqlite_snapshot() -> Iterator[None]:
    """Not `atomic`: it begins IMMEDIATE here, which would keep all writers waiting."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        # The first read decides which moment is seen.
        cursor.execute("SELECT count(*) FROM sqlite_master")
        cursor.fetchone()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
