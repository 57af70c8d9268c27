"""Whether the database has the tables that this code needs."""

from __future__ import annotations

from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from apps.jobs.schema import Schema


def bring_up_to_date() -> None:
    """Migrate the database of the embedded default; refuse another one that lags behind, with the command to type.

    A database of a newer version is refused: this code would misread it, and write what the newer one cannot read.
    """
    schema = _schema()
    connection.close()
    if schema.unknown:
        app, name = schema.unknown[0]
        raise CommandError(
            f"The database is of a newer version of Chroma: it has {len(schema.unknown)} migrations that this version "
            f"does not know ({app}.{name}). Start the version that it was last used with, or a newer one."
        )
    if not schema.missing:
        return
    if connection.vendor != "sqlite":
        raise CommandError(
            f"The database lacks {len(schema.missing)} migrations. Back it up, then run "
            "`python manage.py migrate --noinput`."
        )
    call_command("migrate", interactive=False, verbosity=0)


def _schema() -> Schema:
    try:
        return Schema()
    except OperationalError as problem:
        raise CommandError(f"The database cannot be opened: {str(problem).strip()}. Check DATABASE_URL.") from problem
