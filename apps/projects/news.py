"""News for open browsers: one task per web process reads the database while somebody listens, and wakes who listens.

The database is the truth, so it works with any number of processes and no broker; a Redis only makes it read sooner.
Each listener is asked at every event whether it still may listen, and gets what is new since it last got something: one
who is slow gets more at once.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from apps.accounts.credentials import Credential
from apps.common.outages import outage
from apps.projects import access, hints
from apps.projects.active_jobs import ReportedJob, active_jobs
from apps.projects.feed import MOST_CHANGES, Novelty, coalesce, is_kept, newest_seqs, read_changes
from apps.projects.models import Project, Role

POLL_SECONDS = 0.25
# Hints that come together are one reading.
GATHER_SECONDS = 0.02
# Who hears nothing is asked now and then as well: no socket outlives its session or token by more than five seconds.
RECHECK_SECONDS = 3
# How often an outage is looked at.
OUTAGE_SECONDS = 1

logger = logging.getLogger("chroma.news")
executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="news")


@dataclass(frozen=True)
class News:
    seq: int
    changes: list[Novelty]
    jobs: list[Any]
    # More happened than is told: load everything anew.
    resync: bool = False


@dataclass
class ProjectFeed:
    """What is known of one project, shared by all who listen to it."""

    seq: int
    recent: deque[Novelty] = field(default_factory=lambda: deque(maxlen=MOST_CHANGES))
    jobs: dict[UUID, ReportedJob] = field(default_factory=dict)
    listeners: set[asyncio.Event] = field(default_factory=set)

    def wake(self) -> None:
        for listener in self.listeners:
            listener.set()


class Newsroom:
    """The feeds that somebody listens to in this process, and the task that reads them."""

    def __init__(self) -> None:
        self.feeds: dict[UUID, ProjectFeed] = {}
        self.task: asyncio.Task[None] | None = None
        self.hinted = asyncio.Event()

    async def follow(self, credential: Credential, project_id: str, after: int) -> AsyncGenerator[News, None]:
        """What happens in the project after a seq. Ends with an error once the credential may no longer read it."""
        project = await _in_thread(_authorise, credential, project_id)
        async with self._joined(project) as (feed, woken):
            seq, sent = min(after, project.last_seq), dict[UUID, Hashable]()
            while True:
                changes, resync = await self._changes(project.pk, feed, seq)
                jobs = [item for item in feed.jobs.values() if sent.get(item.id) != item.fingerprint]
                if changes or jobs or resync:
                    seq = changes[-1].seq if changes else max(seq, feed.seq)
                    sent = {item.id: item.fingerprint for item in feed.jobs.values()}
                    yield News(seq=seq, changes=changes, jobs=[item.job for item in jobs], resync=resync)
                with suppress(TimeoutError):
                    await asyncio.wait_for(woken.wait(), RECHECK_SECONDS)
                woken.clear()
                await _in_thread(_authorise, credential, project_id)

    @asynccontextmanager
    async def _joined(self, project: Project) -> AsyncGenerator[tuple[ProjectFeed, asyncio.Event], None]:
        feed = self.feeds.setdefault(project.pk, ProjectFeed(seq=project.last_seq))
        woken = asyncio.Event()
        feed.listeners.add(woken)
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._poll())
        try:
            yield feed, woken
        finally:
            feed.listeners.discard(woken)
            if not feed.listeners:
                self.feeds.pop(project.pk, None)

    async def _changes(self, project_id: UUID, feed: ProjectFeed, after: int) -> tuple[list[Novelty], bool]:
        """What is new after a seq, and whether some of it is no longer known."""
        if after >= feed.seq:
            return [], False
        if feed.recent and feed.recent[0].seq <= after + 1:
            return coalesce(item for item in feed.recent if item.seq > after), False
        changes: list[Novelty] = await _in_thread(read_changes, project_id, after=after, until=feed.seq)
        resync = len(changes) == MOST_CHANGES or not await _in_thread(is_kept, project_id, after + 1)
        return changes, resync

    async def _poll(self) -> None:
        listening = asyncio.create_task(hints.listen(self.hinted)) if settings.CHROMA_REDIS_URL else None
        try:
            while self.feeds:
                await self._pause()
                try:
                    await self._read()
                except DatabaseError:
                    logger.exception("Cannot read the change feed; trying again")
        finally:
            if listening is not None:
                listening.cancel()
            # Kept open between readings: opening one costs more than the readings.
            await _in_thread(_close_connection)

    async def _pause(self) -> None:
        """Until the next poll, or a hint."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.hinted.wait(), POLL_SECONDS)
            await asyncio.sleep(GATHER_SECONDS)
        self.hinted.clear()

    async def _read(self) -> None:
        known = {project_id: feed.seq for project_id, feed in self.feeds.items()}
        seqs, changes, jobs = await _in_thread(_read_news, known)
        for project_id, feed in self.feeds.items():
            if project_id not in known:
                continue
            current = {item.id: item for item in jobs if item.project_id == project_id}
            before = {item.id: item.fingerprint for item in feed.jobs.values()}
            differs = before != {item.id: item.fingerprint for item in current.values()}
            feed.jobs = current
            feed.recent.extend(changes.get(project_id, []))
            feed.seq = max(feed.seq, seqs.get(project_id, 0))
            if differs or project_id in changes or project_id not in seqs:
                feed.wake()


newsroom = Newsroom()


def _authorise(credential: Credential, project_id: str) -> Project:
    return access.get(credential.actor(), Project, project_id, at_least=Role.VIEWER)


def _read_news(
    known: dict[UUID, int],
) -> tuple[dict[UUID, int], dict[UUID, list[Novelty]], list[ReportedJob]]:
    seqs = newest_seqs(known)
    newer = {project_id: seq for project_id, seq in seqs.items() if seq > known[project_id]}
    changes = {
        project_id: read_changes(project_id, after=known[project_id], until=seq) for project_id, seq in newer.items()
    }
    return seqs, changes, active_jobs(known)


def _close_connection() -> None:
    """That of the thread which runs this: `connection` means another one in each."""
    connection.close()


async def _in_thread(function: Any, *args: Any, **kwargs: Any) -> Any:
    """Read in the newsroom's own thread, so that it never waits for a request; in an outage, when that is over."""

    def work() -> Any:
        try:
            return function(*args, **kwargs)
        except DatabaseError:
            connection.close()
            raise

    while True:
        try:
            return await sync_to_async(work, thread_sensitive=False, executor=executor)()
        except (OperationalError, InterfaceError) as problem:
            if outage(problem) is None:
                raise
            logger.warning("The database is away; the news goes on when it is back")
        await asyncio.sleep(OUTAGE_SECONDS)
