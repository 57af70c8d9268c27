"""The thread beside a running job: extends its lease, writes its progress, and hears of a cancellation."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any, Self

from django.db import Error, connection
from django.db.models.functions import Now

from apps.jobs.leases import LEASE, appended, held
from apps.jobs.models import Job
from apps.projects import hints

TICK = 0.25
HEARTBEAT = 3.0
logger = logging.getLogger(__name__)


class Keeper:
    """Keeps the job's lease while it is entered. The body tells it of progress, which is written at the next tick."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.is_cancelled = False
        self.is_lost = False
        self._news: dict[str, Any] = {}
        self._lines: list[str] = []
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"keeper of job {job.pk}", daemon=True)
        self._beat_at = time.monotonic()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stopped.set()
        self._thread.join()

    def report(self, phase: str, done: int, total: int | None) -> None:
        with self._lock:
            self._news = {"phase": phase[:120], "done": done, "total": total}

    def add_line(self, line: str) -> None:
        with self._lock:
            self._lines.append(line)

    def flush(self) -> None:
        """Write what was reported since the last tick."""
        with self._lock:
            news, lines = self._news, self._lines
            self._news, self._lines = {}, []
        try:
            self._write(news, lines)
        except Error:
            logger.exception("Job %s: the heartbeat could not be written", self.job.pk)
            connection.close()
            with self._lock:
                self._news, self._lines = news | self._news, lines + self._lines
            self.is_lost = time.monotonic() - self._beat_at > LEASE.total_seconds()

    def _run(self) -> None:
        while not self._stopped.wait(TICK) and not self.is_lost:
            self.flush()
        self.flush()
        connection.close()

    def _write(self, news: dict[str, Any], lines: list[str]) -> None:
        if lines:
            news = news | {"log": appended("\n".join(lines))}
        if news or time.monotonic() - self._beat_at >= HEARTBEAT:
            if not held(self.job).update(heartbeat_at=Now(), lease_until=Now() + LEASE, **news):
                self.is_lost = True
            self._beat_at = time.monotonic()
        if news:
            hints.messenger.send()
        self.is_cancelled = held(self.job).filter(cancel_requested_at__isnull=False).exists()
