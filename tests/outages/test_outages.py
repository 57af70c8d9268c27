"""Failures of the database, the disk and the system that pass, and bugs, which must not look as if they did."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing

import pytest
from django.db import InterfaceError, OperationalError, connection

from apps.common.errors import RetryLater, StorageFull
from apps.common.outages import expected_failure, outage
from apps.projects.models import Project
from tests.cast import make_client

pytestmark = pytest.mark.holds(38)


def raised_by(kind, *, cause=None, **attributes):
    """The exception as Django raises it: with the driver's own as its cause."""
    problem = kind("inside")
    problem.__cause__ = cause or type("DriverError", (Exception,), attributes)()
    return problem


@pytest.mark.parametrize(
    "state", [None, "08006", "40P01", "40001", "53300", "55P03", "57P01", "57P03", "57014", "58030"]
)
@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
def test_a_postgresql_that_is_away_or_too_busy_passes(kind, state):
    found = outage(raised_by(kind, sqlstate=state))
    assert isinstance(found, RetryLater)
    assert found.retry_after == 2
    assert "inside" not in found.message


@pytest.mark.parametrize("state", ["54001", "28000", "22000"])
def test_what_postgresql_refuses_for_good_does_not(state):
    assert outage(raised_by(OperationalError, sqlstate=state)) is None


@pytest.mark.parametrize(
    "name", ["SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_LOCKED", "SQLITE_IOERR_READ", "SQLITE_CANTOPEN"]
)
def test_a_sqlite_that_is_locked_or_cannot_be_read_passes(name):
    problem = raised_by(OperationalError, sqlite_errorcode=getattr(sqlite3, name))
    assert isinstance(outage(problem), RetryLater)


def test_a_statement_that_sqlite_does_not_understand_does_not():
    assert outage(raised_by(OperationalError, sqlite_errorcode=sqlite3.SQLITE_ERROR)) is None


def test_a_bug_of_ours_is_none(transactional_db):
    with pytest.raises(Exception, match=r"nowhere") as raised, connection.cursor() as cursor:
        cursor.execute("SELECT nowhere FROM projects_project")
    assert expected_failure(raised.value) is None
    assert outage(ValueError("no")) is None


@pytest.mark.parametrize(
    "problem",
    [
        raised_by(OperationalError, sqlstate="53100"),
        raised_by(OperationalError, sqlite_errorcode=sqlite3.SQLITE_FULL),
        OSError(errno.ENOSPC, "No space left on device", "/srv/secret"),
        OSError(errno.EDQUOT, "Quota exceeded"),
        OSError(errno.EFBIG, "File too large"),
    ],
)
def test_a_full_disk_is_told_as_such(problem):
    found = outage(problem)
    assert isinstance(found, StorageFull)
    assert (found.status, found.retry_after) == (507, None)
    assert "secret" not in found.message


def test_too_many_open_files_pass_and_other_failures_of_files_do_not():
    assert isinstance(outage(OSError(errno.EMFILE, "Too many open files")), RetryLater)
    assert outage(OSError(errno.ENOENT, "No such file")) is None


def test_a_sqlite_that_another_process_locks_for_long_is_told_as_such(transactional_db, gql, alice, token_for):
    token = token_for(alice)
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL locks rows, not the database")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    connection.cursor().execute("PRAGMA busy_timeout = 100")
    try:
        other.execute("BEGIN EXCLUSIVE")
        mutation = "mutation ($input: CreateProjectInput!) { createProject(input: $input) { project { id } } }"
        answer = gql(token, mutation, {"input": {"name": "New"}})
        assert answer["errors"][0]["extensions"]["code"] == "RETRY_LATER"
        # Reading goes on beside it.
        assert "errors" not in gql(token, "{ me { id } }")
    finally:
        other.close()
        connection.close()
    assert not Project.objects.filter(name="New").exists()
    assert "errors" not in gql(token, mutation, {"input": {"name": "New"}})


def test_a_connection_that_postgresql_ended_is_told_as_such_and_made_anew(transactional_db, gql, alice, token_for):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no connection to lose")
    token, other = token_for(alice), connection.copy()
    gql(token, "{ me { id } }")
    with closing(other), other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
    client = make_client(token)
    client.raise_request_exception = False
    try:
        answer = client.post("/graphql", {"query": "{ me { id } }"}, content_type="application/json")
    finally:
        # Requests of a test client do not end with the health check that those of a server begin with.
        connection.close()
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "RETRY_LATER")
    assert "errors" not in gql(token, "{ me { id } }")
