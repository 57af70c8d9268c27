"""Whether the database has the tables that this code needs."""

from __future__ import annotations

from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def bring_up_to_date() -> None:
    """Migrate the database of the embedded default; refuse another one that lags behind, with the command to type."""
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    connection.close()
    if not missing:
        return
    if connection.vendor != "sqlite":
        raise CommandError(f"The database lacks {missing} migrations. Run `python manage.py migrate --noinput` first.")
    call_command("migrate", interactive=False, verbosity=0)
