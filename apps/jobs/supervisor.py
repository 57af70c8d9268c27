"""The worker: starts the lanes, sees to it that jobs are picked up, and lets go of what dead processes held."""

from __future__ import annotations

import logging
import os
import socket
import time
import uuid
from datetime import timedelta

from django.db import Error, connection
from django.db.models.functions import Now

from apps.jobs import leases
from apps.jobs.lanes import LaneRunner
from apps.jobs.models import Job, Lane, WorkerHeartbeat
from apps.jobs.scratch import remove_left_behind
from apps.jobs.watch import look_after_running

TICK = 1.0
NAP = 0.1
HEARTBEAT = 5.0
FORGOTTEN = timedelta(hours=1)
# Jobs that ended are history for so long.
KEPT = timedelta(days=90)
FORGOTTEN_AT_ONCE = 100
# How long running jobs may go on after the worker was told to stop.
GRACE = 3.0
logger = logging.getLogger(__name__)


class Supervisor:
    """Runs until `is_stopping` is set, by a signal handler or by the end of the parent process."""

    def __init__(self) -> None:
        self.id = uuid.uuid4()
        self.lanes = [LaneRunner(lane, self.id) for lane in Lane]
        self.is_stopping = False
        self._beat_at = 0.0

    def stop(self, *_: object) -> None:
        """Only sets a flag, so that it is safe in a signal handler."""
        self.is_stopping = True

    def run(self) -> None:
        try:
            while not self.is_stopping:
                self._tick()
                self._sleep(TICK)
        finally:
            self._shut_down()

    def _tick(self) -> None:
        try:
            self._beat()
            look_after_running(self.id)
            leases.reap()
            remove_left_behind()
            for lane in self.lanes:
                lane.look_after()
        except Exception:
            # Whatever it is (the database or Redis restarts), the worker must be there when it is over.
            logger.exception("The worker cannot look after its jobs; trying again")
            connection.close()

    def _beat(self) -> None:
        if self._beat_at and time.monotonic() - self._beat_at < HEARTBEAT:
            return
        self._beat_at = time.monotonic()
        # By the database's clock: those of several machines need not agree.
        if not WorkerHeartbeat.objects.filter(pk=self.id).update(seen_at=Now()):
            WorkerHeartbeat.objects.create(pk=self.id, seen_at=Now(), host=_host(), pid=os.getpid())
        WorkerHeartbeat.objects.filter(seen_at__lt=Now() - FORGOTTEN).delete()
        _forget_old_jobs()

    def _shut_down(self) -> None:
        for lane in self.lanes:
            lane.finish_up()
        try:
            self._await_jobs()
        except Error:
            logger.exception("The worker stops without the database; its jobs are queued again when their lease ends")
        for lane in self.lanes:
            lane.kill()
        try:
            leases.give_back(self.id)
            WorkerHeartbeat.objects.filter(pk=self.id).delete()
        except Error:
            logger.exception("The worker could not give its jobs back")

    def _await_jobs(self) -> None:
        deadline = time.monotonic() + GRACE
        while time.monotonic() < deadline and any(
            not lane.has_ended() and lane.is_running_jobs() for lane in self.lanes
        ):
            time.sleep(NAP)

    def _sleep(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not self.is_stopping and time.monotonic() < deadline:
            time.sleep(NAP)


def _forget_old_jobs() -> None:
    """Delete jobs that ended long ago, a few at a time; what they made stays, and so does the audit trail."""
    old = Job.objects.ended().filter(finished_at__lt=Now() - KEPT).order_by("finished_at")
    Job.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])).delete()


def _host() -> str:
    return socket.gethostname()[:200]
