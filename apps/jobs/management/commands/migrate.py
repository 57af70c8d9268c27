from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connection

from apps.jobs.schema import Schema, WholeExecutor
from apps.jobs.upgrading import copy_database, upgrading_alone

# The command names its executor nowhere but there.
migrate.MigrationExecutor = WholeExecutor  # type: ignore[attr-defined]


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--no-copy", action="store_true", help="keep no copy of a SQLite database as it was before the upgrade"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["plan"] or options["check_unapplied"]:
            super().handle(*args, **options)
            return
        with upgrading_alone():
            if connection.vendor == "sqlite" and not options["no_copy"] and _is_upgrade():
                path = copy_database()
                self.stderr.write(f"Kept the database as it was in {path}")
            super().handle(*args, **options)


def _is_upgrade() -> bool:
    """Whether the database has something to lose and something to be changed."""
    schema = Schema()
    return bool(schema.applied and schema.missing)
