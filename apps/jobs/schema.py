"""The database's migrations beside those of the code, and applying them so that a kill leaves nothing half-done."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState, StateApps

Name = tuple[str, str]


class WholeExecutor(MigrationExecutor):
    """Records a migration in the transaction that applies it.

    Django records most of them in a transaction of their own. Killed between the two, `migrate` would apply the
    migration again the next time, and fail on what is there already.
    """

    def apply_migration(self, state: ProjectState, migration: Migration, *args: Any, **options: Any) -> ProjectState:
        if not migration.atomic:
            return super().apply_migration(state, migration, *args, **options)
        # SQLite heeds the switch outside transactions only, and Django insists on it before it changes tables.
        with self.connection.constraint_checks_disabled(), transaction.atomic(using=self.connection.alias):
            return super().apply_migration(state, migration, *args, **options)


class Schema:
    """Which migrations the database has and which the code knows."""

    def __init__(self) -> None:
        self.executor = WholeExecutor(connection)
        loader = self.executor.loader
        self.known: set[Name] = set(loader.graph.nodes)
        self.applied: set[Name] = {name for name in loader.applied_migrations if name[0] in loader.migrated_apps}

    @property
    def missing(self) -> list[Name]:
        """What the code has and the database has not."""
        plan = self.executor.migration_plan(self.executor.loader.graph.leaf_nodes())
        return [(migration.app_label, migration.name) for migration, _ in plan]

    @property
    def unknown(self) -> list[Name]:
        """What the database has and the code has not: the database is of a newer version."""
        return sorted(self.applied - self.known)

    def models_at(self, names: set[Name]) -> StateApps:
        """The models as they were when these migrations were the last ones."""
        return self.executor.loader.project_state(sorted(names)).apps

    def migrate_to(self, names: set[Name]) -> None:
        """Give an empty database just these migrations."""
        full = self.executor.migration_plan(self.executor.loader.graph.leaf_nodes(), clean_start=True)
        plan = [(migration, False) for migration, _ in full if (migration.app_label, migration.name) in names]
        self.executor.migrate(targets=None, plan=plan)
