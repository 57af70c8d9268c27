"""The queue of a lane over Redis, which does without Redis while that is away: the database knows the jobs anyway."""

from __future__ import annotations

import logging
import time
import uuid
from typing import Any

from django.utils import timezone
from django_q.brokers.redis_broker import Redis
from django_q.conf import Conf
from django_q.signing import SignedPackage
from redis import RedisError

from apps.jobs.queue import WAKE_UP

# How often a lane looks for jobs by itself while Redis is away.
POLL_SECONDS = 1.0
logger = logging.getLogger(__name__)


class PatientRedis(Redis):  # type: ignore[misc]  # django-q2 is untyped
    """Wake-ups by Redis; one a second, made on the spot, without."""

    def enqueue(self, task: str) -> Any:
        try:
            return super().enqueue(task)
        except RedisError:
            logger.warning("Redis is away; the %s lane finds its jobs by itself", self.list_key)

    def dequeue(self) -> list[tuple[None, str | bytes]] | None:
        try:
            found: list[tuple[None, str | bytes]] | None = super().dequeue()
        except RedisError:
            time.sleep(POLL_SECONDS)
            return [(None, self._wake_up())]
        return found

    def queue_size(self) -> int:
        try:
            return int(super().queue_size())
        except RedisError:
            return 0

    def purge_queue(self) -> Any:
        try:
            return super().purge_queue()
        except RedisError:
            logger.warning("Redis is away; old wake-ups of the %s lane stay", self.list_key)

    def ping(self) -> bool:
        return True

    def set_stat(self, key: str, value: str, timeout: int) -> None:
        """Nobody reads django-q2's figures; twice a second they would complain of a Redis that is away."""

    def _wake_up(self) -> str:
        lane = Conf.CLUSTER_NAME
        task = {"id": uuid.uuid4().hex, "name": f"look for {lane} jobs", "func": WAKE_UP, "args": (lane, "")}
        return str(SignedPackage.dumps(task | {"kwargs": {}, "started": timezone.now(), "save": False}))
