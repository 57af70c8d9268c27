"""What was backed up comes back, bit for bit, in a database of either kind; secrets and passing things do not."""

from __future__ import annotations

import json
import os

import pytest
from django.apps import apps
from django.db import models

from chroma_site.keeping.tables import LEFT_OUT, LEFT_OUT_APPS, is_kept, kept_models
from tests.keeping.archives import declared, files_of, forged, manifest_of, rows_of
from tests.keeping.conftest import fill_from_release
from tests.keeping.installations import Installation

pytestmark = pytest.mark.holds(32)

# PostgreSQL is there when the tests run on it.
KINDS = ["sqlite", "postgresql"] if os.environ.get("CHROMA_TEST_DATABASE_URL") else ["sqlite"]
LEFT_OUT_TABLES = {apps.get_model(label)._meta.db_table for label in LEFT_OUT}


@pytest.fixture(params=KINDS)
def empty(request, new_installation):
    """An empty installation of either kind of database."""
    return new_installation(request.param)


def test_everything_comes_back(filled, archive, empty):
    done = empty.run("restore", archive)
    assert done.returncode == 0, done.stderr
    again = empty.backup()
    assert rows_of(again) == rows_of(archive)
    assert files_of(again) == files_of(archive)
    sound = empty.run("doctor", "--full", "--json")
    assert (sound.returncode, json.loads(sound.stdout)["is_sound"]) == (0, True)
    if empty.kind == filled.kind:
        expected, found = filled.contents(), empty.contents()
        kept = {table for table in expected if table not in LEFT_OUT_TABLES and not table.startswith("django_")}
        assert {table: found[table] for table in kept} == {table: expected[table] for table in kept}
    assert not any(rows for table, rows in empty.contents().items() if table in LEFT_OUT_TABLES)


def test_every_table_is_kept_or_left_out_for_a_reason_and_none_refers_to_what_is_left_out(archive):
    assert {table["model"] for table in manifest_of(archive)["tables"]} == {
        model._meta.label for model in kept_models()
    }
    assert all(table["rows"] for table in manifest_of(archive)["tables"])
    assert {"sessions", "django_q"} == LEFT_OUT_APPS
    for model in kept_models():
        for field in model._meta.concrete_fields:
            assert not isinstance(field, models.ForeignKey) or is_kept(field.related_model), field


def test_no_secret_is_in_an_archive(filled, archive):
    key = (filled.folder / "secret_key").read_bytes()
    session = filled.query("SELECT session_key FROM django_session")[0][0].encode()
    with archive.open("rb") as file:
        assert (archive.stat().st_mode & 0o777, file.read(2)) == (0o600, b"PK")
    contents = [*files_of(archive).values(), *(json.dumps(rows).encode() for rows in rows_of(archive).values())]
    assert not any(key in content or session in content for content in contents)


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


def test_an_archive_is_written_once(filled, archive):
    before = archive.read_bytes()
    refused = filled.run("backup", archive)
    assert (refused.returncode, "exists already" in refused.stderr) == (2, True)
    assert archive.read_bytes() == before
