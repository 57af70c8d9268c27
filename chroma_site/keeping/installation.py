"""Whether an installation is one that nobody has used, and making it ready for the rows of an archive."""

from __future__ import annotations

from django.apps import apps
from django.db import connection, transaction

from apps.jobs.schema import Name, Schema
from chroma_site.keeping.errors import Refused
from chroma_site.keeping.tables import used_models


def check_empty() -> None:
    """Refuse to restore over anything that somebody made."""
    tables = set(connection.introspection.table_names())
    for model in used_models():
        if model._meta.db_table not in tables:
            continue
        # Any column will do: a schema may be older than the model.
        count = _count(model._meta.db_table)
        if count:
            raise Refused(
                f"This installation is in use: it has {count:,} {model._meta.verbose_name_plural}. "
                "Restore into a new data folder (CHROMA_DATA_DIR) or an empty database (DATABASE_URL)."
            )


def make_ready(names: set[Name]) -> None:
    """Give the empty database exactly the schema that the archive's rows are of."""
    schema = Schema()
    if schema.applied == names:
        return
    if schema.applied:
        _drop_tables()
    Schema().migrate_to(names)


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
        count: int = cursor.fetchone()[0]
    return count


def _drop_tables() -> None:
    """Drop the empty tables, those of Django and of its apps with them; others in the same database stay."""
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | {"django_migrations"}
    quote = connection.ops.quote_name
    there = [quote(name) for name in connection.introspection.table_names() if name in ours]
    with connection.constraint_checks_disabled(), transaction.atomic(), connection.cursor() as cursor:
        for name in there:
            cursor.execute(f"DROP TABLE {name}{' CASCADE' if connection.vendor == 'postgresql' else ''}")
