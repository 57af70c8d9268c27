"""Failures of what everything stands on: the database, the disk, the system's limits. They pass without our doing."""

from __future__ import annotations

import errno
import sqlite3

from django.db import DatabaseError, InterfaceError, OperationalError

from apps.common.conflicts import deleted_meanwhile
from apps.common.errors import ChromaError, RetryLater, StorageFull

# Classes of PostgreSQL's SQLSTATE: connection lost, rolled back, out of resources, lock not had, shut down, I/O error.
PASSING_STATES = ("08", "40", "53", "55P03", "57", "58")
PASSING_CODES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}
FULL_STATE, FULL_CODE = "53100", sqlite3.SQLITE_FULL
FULL_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_FILES_LEFT = {errno.EMFILE, errno.ENFILE}


def expected_failure(problem: BaseException) -> ChromaError | None:
    """What to answer where a library raised: a row was deleted meanwhile, or an outage. None where it is a bug."""
    return (deleted_meanwhile(problem) if isinstance(problem, DatabaseError) else None) or outage(problem)


def outage(problem: BaseException) -> ChromaError | None:
    """The answer where the failure will pass: try again later, or the disk is full. None where it is a bug of ours."""
    if isinstance(problem, OperationalError | InterfaceError):
        return _of_database(problem.__cause__)
    if isinstance(problem, OSError) and problem.errno in FULL_DISK:
        return _disk_full()
    if isinstance(problem, OSError) and problem.errno == errno.EIO:
        return RetryLater("The server could not write to its disk. Try again; if it stays so, tell its administrator.")
    if isinstance(problem, OSError) and problem.errno in NO_FILES_LEFT:
        return RetryLater("The server has too much to do just now. Try again in a moment.")
    return None


def _of_database(cause: BaseException | None) -> ChromaError | None:
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        # The lower byte is the kind; what stands above it says more.
        kind = code & 0xFF
        is_full, passes = kind == FULL_CODE, kind in PASSING_CODES
    else:
        # Without a state the server was not reached at all.
        state = getattr(cause, "sqlstate", None)
        is_full, passes = state == FULL_STATE, state is None or state.startswith(PASSING_STATES)
    if is_full:
        return _disk_full()
    return RetryLater("The database cannot be reached, or is too busy. Try again in a moment.") if passes else None


def _disk_full() -> StorageFull:
    return StorageFull("The server's disk is full; nothing more can be stored. Tell its administrator.")
