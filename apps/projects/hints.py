"""Hints between processes that some project has news, over Redis where there is one.

A hint is never the news itself: it only makes whoever listens read the database at once instead of at the next poll.
So one that is lost costs a fraction of a second, and nobody ever waits for Redis.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from contextlib import suppress

from channels.layers import get_channel_layer
from django.conf import settings

GROUP = "news"
# Longer than Redis takes when it is well.
SEND_SECONDS = 2.0
# After a failure Redis is left alone for so long.
PAUSE_SECONDS = 5.0
logger = logging.getLogger("chroma.news")


class Messenger:
    """Sends hints from a thread of its own, which a process gets with its first one."""

    def __init__(self) -> None:
        self._wanted = threading.Event()
        self._thread: threading.Thread | None = None

    def send(self) -> None:
        """Have a hint sent soon. Several at once become one."""
        if not settings.CHROMA_REDIS_URL:
            return
        self._wanted.set()
        # A forked process has the variables but not the thread.
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="hints of news", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        loop = asyncio.new_event_loop()
        while True:
            self._wanted.wait()
            self._wanted.clear()
            try:
                loop.run_until_complete(asyncio.wait_for(_send(), SEND_SECONDS))
            except Exception as problem:
                logger.warning("Redis takes no hints: %s", repr(problem), exc_info=settings.DEBUG)
                time.sleep(PAUSE_SECONDS)


async def listen(heard: asyncio.Event) -> None:
    """Set the event at every hint of any process. Runs until it is cancelled."""
    layer = get_channel_layer()
    assert layer is not None
    while True:
        try:
            channel = await layer.new_channel()
            await layer.group_add(GROUP, channel)
            try:
                while True:
                    await layer.receive(channel)
                    heard.set()
            finally:
                with suppress(Exception):
                    await layer.group_discard(GROUP, channel)
        except Exception as problem:
            logger.warning("Redis gives no hints: %s", repr(problem), exc_info=settings.DEBUG)
            await asyncio.sleep(PAUSE_SECONDS)


async def _send() -> None:
    layer = get_channel_layer()
    assert layer is not None
    await layer.group_send(GROUP, {"type": "news"})


messenger = Messenger()
