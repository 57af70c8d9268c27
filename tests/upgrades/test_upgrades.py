"""An upgrade keeps all data, whenever it is killed, whoever starts it twice; and there is no way back by accident."""

from __future__ import annotations

import re
import signal
import sqlite3
from contextlib import closing

import pytest

from tests.upgrades.killing import DIE_RECORDING, migrate

pytestmark = pytest.mark.holds(31)


def test_an_upgrade_keeps_all_data(released, before):
    tables, contents = before
    assert len([rows for rows in contents.values() if rows]) > 40
    files = released.files()
    migrate(released)
    assert released.contents(tables) == contents
    assert released.files() == files
    report = released.run("doctor")
    assert report.returncode == 0, report.stdout


def test_a_first_start_killed_between_a_table_and_its_record_is_finished_by_the_next(new_installation):
    """The third makes tables whose indexes Django adds at the end: those it records apart from the change."""
    installation = new_installation()
    assert installation.python("-c", DIE_RECORDING, 3).returncode == -signal.SIGKILL
    done = installation.run("migrate", "auth", "--noinput", "--verbosity", "0")
    assert done.returncode == 0, done.stderr


def test_a_version_does_not_start_on_the_database_of_a_newer_one(released, before):
    """Server and worker ask the same function at their start."""
    tables, contents = before
    released.query("INSERT INTO django_migrations (app, name, applied) VALUES ('datasets', '9999_x', '2040-01-01')")
    refused = released.run("worker", timeout=120)
    assert refused.returncode == 1
    assert "The database is of a newer version of Chroma" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert (released.tables(), released.contents(tables)) == (tables, contents)


def test_an_upgrade_of_sqlite_keeps_the_database_as_it_was(released, before):
    tables, contents = before
    if released.kind != "sqlite":
        # Whoever runs PostgreSQL is told to back up, and nothing is begun.
        refused = released.run("worker", timeout=60)
        assert (refused.returncode, released.contents(tables)) == (1, contents)
        assert re.search(r"lacks \d+ migrations\. Back it up", refused.stderr)
        return
    folder = released.folder / "backups"
    folder.mkdir()
    for year in (2001, 2002, 2003):
        (folder / f"before-upgrade-{year}0101-000000.sqlite3").write_bytes(b"older")
    migrate(released)
    *_, older, newest = kept = sorted(folder.iterdir())
    assert (len(kept), older.read_bytes(), newest.stat().st_mode & 0o777) == (3, b"older", 0o600)
    (released.folder / "chroma.sqlite3").unlink()
    newest.rename(released.folder / "chroma.sqlite3")
    assert released.tables() == tables
    assert released.contents() == contents
    with closing(sqlite3.connect(released.folder / "chroma.sqlite3")) as session:
        assert session.execute("PRAGMA integrity_check").fetchone() == ("ok",)
