"""The thread beside a running job: extends its lease, writes its progress, and hears what people wish of it."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any, Self

from django.db import Error, connection
from django.db.models.functions import Now

from apps.jobs.leases import LEASE, appended, held
from apps.jobs.models import Job
from apps.jobs.progress import count_work
from apps.projects import hints

TICK = 0.25
HEARTBEAT = 3.0
# How often a part adds its work to its whole's.
COUNTED_EVERY = 1.0
logger = logging.getLogger(__name__)


class Keeper:
    """Keeps the job's lease while it is entered. The body tells it of progress, which is written at the next tick."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.is_cancelled = False
        # Somebody wants what there is by now.
        self.is_to_stop_here = False
        self.is_lost = False
        self._news: dict[str, Any] = {}
        self._lines: list[str] = []
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"keeper of job {job.pk}", daemon=True)
        self._beat_at = time.monotonic()
        self._counted_at = 0.0

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
            self._count_work()
            hints.messenger.send()
        wishes = held(self.job).values_list("cancel_requested_at", "stop_requested_at").first()
        self.is_cancelled, self.is_to_stop_here = (wish is not None for wish in wishes or (None, None))

    def _count_work(self) -> None:
        if self.job.parent_id is not None and time.monotonic() - self._counted_at >= COUNTED_EVERY:
            self._counted_at = time.monotonic()
            count_work(self.job.parent_id)
