"""Counts what an operation does to the world outside, and breaks the n-th of these effects.

The borders of libraries are patched: statements and commits of the database, files written, synced, moved and
deleted, wake-ups of the queue. The code under test knows nothing of it.
"""

from __future__ import annotations

import errno
import os
import signal
import threading
from contextlib import ExitStack
from typing import Self
from unittest.mock import patch

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from apps.jobs import queue

WRITES = ("INSERT", "UPDATE", "DELETE")
SYSTEM_CALLS = ("fsync", "replace", "rename", "unlink", "remove")


class Effects:
    """While entered, counts the effects of this thread; raises at the one with the number `break_at`, or kills us."""

    def __init__(self, break_at: int | None = None, *, kill: bool = False, statements: bool = True) -> None:
        self.seen: list[str] = []
        self.is_broken = False
        self._break_at, self._kill, self._statements = break_at, kill, statements
        self._thread = threading.get_ident()
        self._patches = ExitStack()

    def __enter__(self) -> Self:
        enter = self._patches.enter_context
        if self._statements:
            enter(connection.execute_wrapper(self._statement))
        enter(patch.object(BaseDatabaseWrapper, "_commit", self._around_commit(BaseDatabaseWrapper._commit)))
        enter(patch.object(FileSystemStorage, "_save", self._around_save(FileSystemStorage._save)))
        enter(
            patch.object(queue, "async_task", self._before("enqueue", queue.async_task, OperationalError("no queue")))
        )
        for name in SYSTEM_CALLS:
            failure = OSError(errno.EIO if name == "fsync" else errno.ENOSPC, "injected")
            enter(patch.object(os, name, self._before(name, getattr(os, name), failure)))
        return self

    def __exit__(self, *exception: object) -> None:
        self._patches.close()

    def _happens(self, what: str, failure: Exception) -> None:
        """Count one effect; the chosen one does not happen."""
        if threading.get_ident() == self._thread:
            self.seen.append(what)
            if len(self.seen) == self._break_at:
                self._end(failure)

    def _end(self, failure: Exception) -> None:
        self.is_broken = True
        if self._kill:
            os.kill(os.getpid(), signal.SIGKILL)
        raise failure

    def _statement(self, execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(WRITES):
            self._happens(f"statement {sql[:60]}", OperationalError("injected before a statement"))
        return execute(sql, params, many, context)

    def _around_commit(self, commit):
        def wrapped(wrapper):
            self._happens("commit", OperationalError("injected before a commit"))
            commit(wrapper)
            # The reply is lost: the database has it, and we do not know.
            self._happens("committed", OperationalError("injected after a commit"))

        return wrapped

    def _around_save(self, save):
        def wrapped(storage, name, content):
            try:
                self._happens("file", OSError(errno.ENOSPC, "injected"))
            except OSError:
                # As a disk that fills up does it: half of the file is there.
                whole = content.read()
                save(storage, name, ContentFile(whole[: len(whole) // 2]))
                raise
            return save(storage, name, content)

        return wrapped

    def _before(self, what, function, failure):
        def wrapped(*args, **options):
            self._happens(what, failure)
            return function(*args, **options)

        return wrapped
