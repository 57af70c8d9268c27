"""The worker: starts the lanes, sees to it that jobs are picked up, and lets go of what dead processes held."""

from __future__ import annotations

import logging
import os
import socket
import time
import uuid
from datetime import timedelta

import psutil
from django.db import DatabaseError, connection
from django.utils import timezone

from apps.jobs import leases
from apps.jobs.lanes import LaneRunner
from apps.jobs.models import Job, JobState, Lane, WorkerHeartbeat
from apps.jobs.scratch import remove_left_behind

TICK = 1.0
NAP = 0.1
HEARTBEAT = 5.0
FORGOTTEN = timedelta(hours=1)
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
        remove_left_behind()
        try:
            while not self.is_stopping:
                self._tick()
                self._sleep(TICK)
        finally:
            self._shut_down()

    def _tick(self) -> None:
        try:
            self._beat()
            self._release_dead()
            leases.reap()
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
        now = timezone.now()
        WorkerHeartbeat.objects.update_or_create(
            pk=self.id, defaults={"seen_at": now}, create_defaults={"seen_at": now, "host": _host(), "pid": os.getpid()}
        )
        WorkerHeartbeat.objects.filter(seen_at__lt=now - FORGOTTEN).delete()

    def _release_dead(self) -> None:
        """Let go of jobs whose process, one of ours, is gone: sooner than their lease runs out."""
        for job in Job.objects.filter(state=JobState.RUNNING, worker_id=self.id).select_related("project"):
            if not _is_alive(job.process_id):
                leases.release(job, "the worker's process was killed, by a person or for want of memory.")

    def _shut_down(self) -> None:
        for lane in self.lanes:
            lane.finish_up()
        try:
            self._await_jobs()
        except DatabaseError:
            logger.exception("The worker stops without the database; its jobs are queued again when their lease ends")
        for lane in self.lanes:
            lane.kill()
        try:
            leases.give_back(self.id)
            WorkerHeartbeat.objects.filter(pk=self.id).delete()
        except DatabaseError:
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


def _is_alive(pid: int | None) -> bool:
    try:
        return pid is not None and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _host() -> str:
    return socket.gethostname()[:200]
