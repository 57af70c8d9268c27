"""Putting the rows of an archive into the database's tables."""

from __future__ import annotations

import itertools
from typing import Any

from django.apps.registry import Apps
from django.db import connection, models

from chroma_site.keeping.errors import KeepingFailed
from chroma_site.keeping.manifest import Table
from chroma_site.keeping.progress import Progress
from chroma_site.keeping.reading import Archive
from chroma_site.keeping.sequences import go_on_from
from chroma_site.keeping.tables import MADE_BY_MIGRATE, Field, stored_fields
from chroma_site.keeping.values import RowCodec

ROWS_AT_ONCE = 2_000
LONGEST_LINE = 512 * 1024**2


def load_tables(archive: Archive, models_then: Apps, progress: Progress) -> int:
    """Fill the empty tables and say how many rows they got. Must run inside a transaction, which checks references."""
    tables = [(models_then.get_model(table.model), table) for table in archive.manifest.tables]
    for model, _ in tables:
        if model._meta.label in MADE_BY_MIGRATE:
            # Others may refer to these by the numbers that they had.
            _clear(model)
    total = 0
    for model, table in tables:
        total += _load(archive, model, table, progress)
    for model, table in tables:
        go_on_from(model, table.last_number)
    return total


def _clear(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def _load(archive: Archive, model: type[models.Model], table: Table, progress: Progress) -> int:
    fields = _fields(model, table)
    codec = RowCodec(fields)
    statement = _insert(model, fields)
    count = 0
    with archive.open(table.member) as source, connection.cursor() as cursor:
        lines = iter(lambda: source.readline(LONGEST_LINE), b"")
        while rows := [codec.decode(line) for line in itertools.islice(lines, ROWS_AT_ONCE)]:
            # Not bulk_create: it would set the times of creation anew.
            cursor.executemany(statement, [_prepared(fields, row) for row in rows])
            count += len(rows)
            progress.tell(f"{table.model}: {count:,} of {table.rows:,} rows")
    if count != table.rows:
        raise KeepingFailed(f"The archive has {count:,} rows of {table.model} and promises {table.rows:,}.")
    return count


def _fields(model: type[models.Model], table: Table) -> list[Field]:
    """The model's fields in the order of the archive's columns."""
    by_name = {field.attname: field for field in stored_fields(model)}
    if set(by_name) != set(table.columns) or len(table.columns) != len(by_name):
        raise KeepingFailed(f"The columns of {table.model} in the archive are not those of its migrations.")
    return [by_name[name] for name in table.columns]


def _insert(model: type[models.Model], fields: list[Field]) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608


def _prepared(fields: list[Field], row: list[Any]) -> list[Any]:
    return [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)]
