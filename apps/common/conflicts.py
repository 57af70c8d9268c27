"""Names that are taken, told apart by the database's unique constraints."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from apps.common.errors import Conflict


@contextmanager
def refuse_duplicate(message: str, *, field: str = "name") -> Iterator[None]:
    """Turn a broken unique constraint into a Conflict. A savepoint keeps the transaction around it usable."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as problem:
        raise Conflict(message, field=field) from problem
