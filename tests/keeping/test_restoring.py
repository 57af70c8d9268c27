"""What was backed up comes back, bit for bit, in a database of either kind; secrets and passing things do not."""

from __future__ import annotations

import json
import os

import pytest
from django.apps import apps
from django.db import models

from apps.datasets.models import Category
from chroma_site.keeping.sequences import go_on_from, last_number
from chroma_site.keeping.tables import LEFT_OUT, LEFT_OUT_APPS, is_kept, kept_models
from tests.keeping.archives import files_of, manifest_of, rows_of

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


@pytest.mark.django_db
def test_a_table_that_never_had_a_row_has_no_last_number():
    """SQLite notes 0 for some, which is no number to PostgreSQL."""
    go_on_from(Category, 0)
    go_on_from(Category, None)
    assert last_number(Category) != 0


def test_an_archive_is_written_once(filled, archive):
    before = archive.read_bytes()
    refused = filled.run("backup", archive)
    assert (refused.returncode, "exists already" in refused.stderr) == (2, True)
    assert archive.read_bytes() == before
