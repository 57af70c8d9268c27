"""What others do at the same time: names that are taken meanwhile, and rows that are deleted meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import DatabaseError, IntegrityError, models, transaction

from apps.common.errors import ChromaError, Conflict, NotFound

M = TypeVar("M", bound=models.Model)

# PostgreSQL's code, and SQLite's words, for a reference to a row that is gone.
FOREIGN_KEY_VIOLATION = "23503"
FOREIGN_KEY_FAILED = "FOREIGN KEY constraint failed"


@contextmanager
def refuse_duplicate(message: str, *, field: str = "name") -> Iterator[None]:
    """Turn a broken unique constraint into a Conflict. A savepoint keeps the transaction around it usable."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as problem:
        raise Conflict(message, field=field) from problem


def get_or_make(find: Callable[[], M | None], make: Callable[[], M]) -> tuple[M, bool]:
    """What `find` finds, else what `make` makes, and whether it was made now; of several at once one makes it."""
    found = find()
    if found is not None:
        return found, False
    try:
        return make(), True
    except Conflict:
        # Somebody else made it between our look and our insert.
        found = find()
        if found is None:
            raise
        return found, False


def deleted_meanwhile(problem: DatabaseError) -> ChromaError | None:
    """The answer where a write failed because a row was deleted between our look and our write; else None."""
    if type(problem) is DatabaseError and problem.__cause__ is None:
        # Django's own: an update of certain fields found no row.
        return NotFound("This was deleted meanwhile.")
    code = getattr(problem.__cause__, "sqlstate", None)
    if code == FOREIGN_KEY_VIOLATION or FOREIGN_KEY_FAILED in str(problem):
        return Conflict("Something that this names was deleted meanwhile; look again.")
    return None
