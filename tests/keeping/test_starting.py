"""A data folder or database that cannot be used ends the start with a sentence that names it."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing

import pytest
from django.core.exceptions import ImproperlyConfigured

from chroma_site import start_checks
from tests.keeping.installations import Installation


@pytest.fixture
def installation(tmp_path):
    """One that was never started."""
    return Installation(tmp_path / "data", "sqlite")


def refused(installation, *, told):
    """The start ends, says so in one line, and has made no second key or database."""
    ended = installation.run("worker", timeout=60)
    assert ended.returncode == 1
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr
    return ended.stderr


def test_a_database_that_is_a_folder(installation):
    (installation.folder / "chroma.sqlite3").mkdir()
    refused(installation, told=f"DATABASE_URL: {installation.folder}/chroma.sqlite3 is a folder.")


def test_a_file_that_is_no_database(installation):
    (installation.folder / "chroma.sqlite3").write_bytes(b"this is no database, and longer than a hundred bytes" * 9)
    ended = installation.run("worker", timeout=60)
    assert (ended.returncode, "Traceback" in ended.stderr) == (1, False)
    assert "file is not a database" in ended.stderr


def test_a_database_whose_disk_fails(installation):
    # A folder in the place of SQLite's log: it cannot be opened, as on a full disk.
    with closing(sqlite3.connect(installation.folder / "chroma.sqlite3")) as session:
        session.execute("CREATE TABLE x (y)")
    (installation.folder / "chroma.sqlite3-wal").mkdir()
    told = refused(installation, told=f"The database file {installation.folder}/chroma.sqlite3 cannot be used (")
    assert "free space" in told


@pytest.mark.parametrize("name", ["chroma.sqlite3", "chroma.sqlite3-wal", ""])
def test_what_belongs_to_somebody_else_is_named(tmp_path, monkeypatch, name):
    path = tmp_path / "chroma.sqlite3"
    path.touch()
    (tmp_path / "chroma.sqlite3-wal").touch()
    # Root may do everything, so the answer is that of the system to another user.
    monkeypatch.setattr(os, "access", lambda place, mode: str(place) != str(tmp_path / name))
    with pytest.raises(ImproperlyConfigured, match=f"{tmp_path / name} is not readable and writable by this user"):
        start_checks.check_database_file(path)


def test_a_full_disk_leaves_no_half_key_behind(tmp_path, monkeypatch):
    def full(handle, mode):
        os.close(handle)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(ImproperlyConfigured, match=r"secret_key .No space left on device"):
        start_checks.write_once(tmp_path / "secret_key", "x" * 80)
    assert not list(tmp_path.iterdir())


def test_a_key_is_written_once(tmp_path):
    for text in ("first", "second"):
        start_checks.write_once(tmp_path / "secret_key", text)
    assert start_checks.read_own(tmp_path / "secret_key") == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
