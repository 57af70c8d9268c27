"""Installations of their own: a data folder and a database, worked on by real processes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing
from pathlib import Path

import psycopg
from django.db import connection

from tests.live import CHECKOUT, database_url

PATIENCE = 240
# Made anew or added to by every `migrate`, and the running installation's own.
OF_DJANGO = {"django_migrations", "django_content_type", "auth_permission", "sqlite_sequence"}


class Installation:
    """`kind` is the kind of its database: "sqlite" or "postgresql"."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder, self.kind = folder, kind
        folder.mkdir(parents=True, exist_ok=True)
        self.name = f"keeping_{uuid.uuid4().hex}"
        if kind == "postgresql":
            _as_admin(f'CREATE DATABASE "{self.name}"')
            self.url = database_url({**connection.settings_dict, "NAME": self.name})
        else:
            self.url = f"sqlite:///{folder}/chroma.sqlite3"
        self.environment = {**os.environ, "CHROMA_DATA_DIR": str(folder), "DATABASE_URL": self.url}

    def remove(self) -> None:
        if self.kind == "postgresql":
            _as_admin(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    def run(self, *arguments, **options) -> subprocess.CompletedProcess[str]:
        """`manage.py ARGUMENTS` to its end."""
        return self.python("manage.py", *arguments, **options)

    def python(self, *arguments, timeout=PATIENCE) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *map(str, arguments)]
        return subprocess.run(
            command, cwd=CHECKOUT, env=self.environment, capture_output=True, text=True, timeout=timeout, check=False
        )

    def backup(self) -> Path:
        """A new archive of it."""
        path = self.folder / f"{uuid.uuid4().hex}.zip"
        done = self.run("backup", path)
        assert done.returncode == 0, done.stderr
        return path

    def start(self, *arguments) -> subprocess.Popen[str]:
        command = [sys.executable, "manage.py", *map(str, arguments)]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=CHECKOUT, env=self.environment, stdout=pipe, stderr=pipe, text=True)

    def query(self, sql: str) -> list[tuple]:
        if self.kind == "postgresql":
            with psycopg.connect(self.url, autocommit=True) as session:
                found = session.execute(sql)
                return found.fetchall() if found.description else []
        with closing(sqlite3.connect(self.folder / "chroma.sqlite3", isolation_level=None)) as session:
            return session.execute(sql).fetchall()

    def tables(self) -> dict[str, list[str]]:
        """The columns of every table."""
        sql = (
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
            if self.kind == "postgresql"
            else "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' "
            "ORDER BY 1, 2"
        )
        tables: dict[str, list[str]] = {}
        for table, column in self.query(sql):
            tables.setdefault(table, []).append(column)
        return tables

    def contents(self, tables: dict[str, list[str]] | None = None) -> dict[str, list[str]]:
        """Every value of every row, but of tables that `migrate` fills."""
        found = {}
        for table, columns in (tables or self.tables()).items():
            if table not in OF_DJANGO:
                listed = ", ".join(f'"{column}"' for column in columns)
                rows = self.query(f'SELECT {listed} FROM "{table}"')
                found[table] = sorted(repr(tuple(map(_plain, row))) for row in rows)
        return found

    def files(self) -> dict[str, bytes]:
        root = self.folder / "files"
        return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


def _as_admin(sql: str) -> None:
    with psycopg.connect(database_url(connection.settings_dict | {"NAME": "postgres"}), autocommit=True) as session:
        session.execute(sql)
