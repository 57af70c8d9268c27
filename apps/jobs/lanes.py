"""The supervisor's view of one lane: its processes, and whether they pick jobs up."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import time
import uuid
from datetime import timedelta

from django.db.models.functions import Now

from apps.jobs import queue
from apps.jobs.calculator import child_environment
from apps.jobs.models import Job, JobState, Lane
from apps.jobs.registry import KINDS

# A job queued for longer than this gets another wake-up: the first one may be lost.
OVERDUE = timedelta(seconds=1.5)
# A lane that leaves a queued job alone for so long hangs, as django-q2 does after some kills. Doubled with each restart
# in a row, for machines that need longer to start.
PATIENCE = 10.0
LONGEST_PATIENCE = 160.0
logger = logging.getLogger(__name__)


class LaneRunner:
    """Starts, wakes, restarts and stops the processes of one lane."""

    def __init__(self, lane: Lane, worker_id: uuid.UUID) -> None:
        self.lane = lane
        self.worker_id = worker_id
        self._patience = PATIENCE
        self._process: subprocess.Popen[bytes] | None = None
        self._idle_since = time.monotonic()

    def look_after(self) -> None:
        """Start the lane; start it again where it ended or hangs; wake it up for jobs that wait."""
        if self.has_ended():
            self._start()
            return
        # Only what this worker knows: what is for newer ones waits for them.
        queued = Job.objects.queued(self.lane).filter(kind__in=list(KINDS))
        if not queued.exists() or self.is_running_jobs():
            self._idle_since = time.monotonic()
            self._patience = PATIENCE
        elif time.monotonic() - self._idle_since > self._patience:
            logger.error("The %s lane does not pick jobs up", self.lane.value)
            self._patience = min(self._patience * 2, LONGEST_PATIENCE)
            self._start()
            return
        # By the database's clock, which wrote when it was queued.
        if queued.filter(queued_at__lt=Now() - OVERDUE).exists() and not queue.waiting(self.lane):
            queue.wake_up(self.lane)

    def is_running_jobs(self) -> bool:
        return Job.objects.filter(state=JobState.RUNNING, lane=self.lane, worker_id=self.worker_id).exists()

    def finish_up(self) -> None:
        """Take no more jobs; those running may end."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()

    def has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def kill(self) -> None:
        """Kill all processes of the lane, those included whose parent is gone already."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process = None

    def _start(self) -> None:
        if self._process is not None:
            logger.error("The %s lane is started again", self.lane.value)
            self.kill()
        queue.forget(self.lane)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "apps.jobs.lane_process", self.lane.value, str(self.worker_id)],
            stdin=subprocess.PIPE,
            env=child_environment(),
            # A group of its own, to be signalled as a whole; Ctrl-C in a terminal does not reach it.
            start_new_session=True,
        )
        self._idle_since = time.monotonic()
        # Carries no job: it makes the heavy lane start its compute process.
        queue.wake_up(self.lane)
