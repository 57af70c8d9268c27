"""Who reads all stored files and who deletes some keep out of each other's way.

A backup copies the files that its snapshot names, which takes a while; a file whose row has gone meanwhile must not go
before it is copied. The lock ends with its process, however that ends.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

# Any number that nobody else uses in the same database.
ADVISORY_KEY = 7_240_185_521
NAP = 0.5


@contextmanager
def keeping_files(on_wait: Callable[[], None]) -> Iterator[None]:
    """While it is entered, nobody deletes stored files. Waits until who deletes some now is done."""
    with _lock(is_shared=True) as take:
        if not take():
            on_wait()
            while not take():
                time.sleep(NAP)
        yield


@contextmanager
def deleting_files() -> Iterator[bool]:
    """Gives whether stored files may be deleted while it is entered; not so during a backup."""
    with _lock(is_shared=False) as take:
        yield take()


@contextmanager
def _lock(*, is_shared: bool) -> Iterator[Callable[[], bool]]:
    """Gives what tries to take the lock and says whether it did."""
    if connection.vendor == "postgresql":
        # Also where web, workers and who makes backups are different machines.
        with _advisory_lock("_shared" if is_shared else "") as take:
            yield take
    else:
        with _file_lock(fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX) as take:
            yield take


@contextmanager
def _advisory_lock(kind: str) -> Iterator[Callable[[], bool]]:
    taken: list[bool] = []

    def take() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_try_advisory_lock{kind}(%s)", [ADVISORY_KEY])
            taken.append(cursor.fetchone()[0])
        return taken[-1]

    try:
        yield take
    finally:
        if any(taken):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT pg_advisory_unlock{kind}(%s)", [ADVISORY_KEY])


@contextmanager
def _file_lock(kind: int) -> Iterator[Callable[[], bool]]:
    handle = os.open(Path(settings.CHROMA_DATA_DIR) / "files.lock", os.O_RDWR | os.O_CREAT, 0o600)

    def take() -> bool:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    try:
        yield take
    finally:
        os.close(handle)
