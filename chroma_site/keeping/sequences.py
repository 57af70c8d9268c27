"""The numbers that the database gives to new rows.

A number that was given and whose row is gone must not be given again: columns hold the numbers of categories.
"""

from __future__ import annotations

from typing import Any

from django.core.management.color import no_style
from django.db import connection, models


def last_number(model: type[models.Model]) -> int | None:
    """The last number that the model's key was given; None where keys are no numbers, or none was given yet."""
    if not isinstance(model._meta.pk, models.AutoField):
        return None
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        else:
            cursor.execute(f"SELECT pg_sequence_last_value({_sequence(model)}::regclass)", _place(model))
        row = cursor.fetchone()
    return (row[0] or None) if row else None


def go_on_from(model: type[models.Model], last: int | None) -> None:
    """Let the next key be above all that are there, and above the last one that was given elsewhere."""
    if not isinstance(model._meta.pk, models.AutoField):
        return
    table, key = model._meta.db_table, str(model._meta.pk.column)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)
        # SQLite notes 0 where none was given yet.
        if not last:
            return
        cursor.execute(f"SELECT max({connection.ops.quote_name(key)}) FROM {connection.ops.quote_name(table)}")  # noqa: S608
        last = max(last, cursor.fetchone()[0] or 0)
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
        else:
            cursor.execute(f"SELECT setval({_sequence(model)}, %s)", [*_place(model), last])


def _sequence(model: type[models.Model]) -> str:
    return "pg_get_serial_sequence(%s, %s)"


def _place(model: type[models.Model]) -> list[Any]:
    return [connection.ops.quote_name(model._meta.db_table), model._meta.pk.column]
