"""Whether the database has the tables that this code needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from apps.jobs.schema import Schema


def bring_up_to_date() -> None:
    """Migrate the database of the embedded default; refuse another one that lags behind, with the command to type.

    A database of a newer version is refused: this code would misread it, and write what the newer one cannot read.
    """
    with _told_in_a_sentence():
        schema = Schema()
        connection.close()
        if schema.unknown:
            app, name = schema.unknown[0]
            raise CommandError(
                f"The database is of a newer version of Chroma: it has {len(schema.unknown)} migrations that this "
                f"version does not know ({app}.{name}). Start the version that it was last used with, or a newer one."
            )
        if not schema.missing:
            return
        if connection.vendor != "sqlite":
            raise CommandError(
                f"The database lacks {len(schema.missing)} migrations. Back it up, then run "
                "`python manage.py migrate --noinput`."
            )
        call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def _told_in_a_sentence() -> Iterator[None]:
    try:
        yield
    except DatabaseError as problem:
        if connection.vendor == "sqlite":
            told = f"The database file {connection.settings_dict['NAME']} cannot be used ({problem})."
            raise CommandError(f"{told} Look for free space on its disk, and at its owner and mode.") from problem
        told = f"The database cannot be reached ({' '.join(str(problem).split())})."
        raise CommandError(f"{told} Check DATABASE_URL and whether the server runs.") from problem
