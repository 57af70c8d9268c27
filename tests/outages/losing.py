"""The database, lost in the middle of a request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection

# What PostgreSQL's driver says of a server that shuts down.
SHUT_DOWN = "57P01"


# Where transactions begin and end differs with what is around them.
FRAME = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")


class DriverError(Exception):
    sqlstate = SHUT_DOWN


@contextmanager
def database_lost(*, after: int) -> Iterator[list[str]]:
    """Let so many queries pass; from then on the database answers none, not even to roll back. Gives those lost."""
    passed = 0
    lost: list[str] = []

    def ask(execute, sql, params, many, context):
        nonlocal passed
        if passed >= after:
            lost.append(sql)
            raise OperationalError("terminating connection") from DriverError()
        passed += not sql.startswith(FRAME)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(ask):
        yield lost


@contextmanager
def counted() -> Iterator[list[str]]:
    """The queries that are asked inside."""
    asked: list[str] = []

    def ask(execute, sql, params, many, context):
        if not sql.startswith(FRAME):
            asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(ask):
        yield asked
