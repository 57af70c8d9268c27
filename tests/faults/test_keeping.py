"""Backups and restores are killed at many moments: nothing half-made is taken for whole. Archives of older versions."""

from __future__ import annotations

import json

import pytest
from django.apps import apps

from tests.keeping import conftest
from tests.keeping.archives import declared, forged, manifest_of, rows_of
from tests.keeping.conftest import fill_from_release
from tests.keeping.installations import Installation
from tests.keeping.killing import check_killed_backup, check_killed_restore

pytestmark = pytest.mark.holds(32)
new_installation, filled, archive = conftest.new_installation, conftest.filled, conftest.archive


@pytest.mark.parametrize(
    ("module", "name", "nth"),
    [
        ("chroma_site.keeping.restore", "put_back", 1),
        ("chroma_site.keeping.restore", "put_back", 9),
        ("chroma_site.keeping.loading", "_load", 1),
        ("chroma_site.keeping.loading", "_load", 30),
        ("chroma_site.keeping.loading", "go_on_from", 40),
        ("chroma_site.keeping.restore", "call_command", 1),
    ],
)
def test_a_restore_that_is_killed_leaves_an_empty_installation_or_a_whole_one(
    archive, new_installation, module, name, nth
):
    check_killed_restore(archive, new_installation(), module, name, nth)


@pytest.mark.parametrize("nth", [1, 9, 30, 47])
def test_a_backup_that_is_killed_leaves_no_archive(filled, archive, tmp_path, nth):
    check_killed_backup(archive, filled, tmp_path, nth)


def test_an_archive_of_an_older_schema_is_restored_at_that_and_upgraded(archive, new_installation):
    """Also where `migrate` has made this version's tables already: they are empty."""
    installation, released = new_installation(), fill_from_release(new_installation(), "0.1.0")
    assert installation.run("migrate", "--noinput", "--verbosity", "0").returncode == 0
    done = installation.run("restore", forged(archive, archive.with_name("older.zip"), as_of(released)))
    assert done.returncode == 0, done.stderr
    assert rows_of(installation.backup()) == rows_of(archive)


def as_of(older: Installation):
    """What makes an archive what it would be if it came from that installation's version."""
    tables = older.tables()
    migrations = older.query("SELECT app, name FROM django_migrations")

    def change(members, manifest):
        manifest["migrations"] = migrations
        contents = dict(members)
        for table in manifest["tables"]:
            there = tables[apps.get_model(table["model"])._meta.db_table]
            places = [place for place, column in enumerate(table["columns"]) if column in there]
            rows = [json.loads(line) for line in contents[table["member"]].splitlines()]
            contents[table["member"]] = b"".join(
                json.dumps([row[place] for place in places]).encode() + b"\n" for row in rows
            )
            table["columns"] = [table["columns"][place] for place in places]
        members[:] = contents.items()
        manifest["members"] = [declared(name, content) for name, content in members]

    return change


def test_numbers_that_were_given_are_not_given_again(filled, archive, new_installation):
    """Columns hold the numbers of categories, also of those that were deleted."""
    last = {table["model"]: table["last_number"] for table in manifest_of(archive)["tables"]}["datasets.Category"]
    installation = new_installation()
    changed = installation.folder / "changed.zip"

    def given(members, manifest):
        next(each for each in manifest["tables"] if each["model"] == "datasets.Category")["last_number"] = last + 40

    assert installation.run("restore", forged(archive, changed, given)).returncode == 0
    project = installation.query("SELECT id FROM projects_project LIMIT 1")[0][0]
    installation.query(
        "INSERT INTO datasets_category (project_id, name, colour, created_at, edit_version) "
        f"VALUES ('{project}', 'new', 0, '2026-01-01', 1)"
    )
    assert installation.query("SELECT id FROM datasets_category WHERE name = 'new'") == [(last + 41,)]
