"""Makes jobs slow enough to be met in each of their phases, from outside: what runs them knows nothing of it."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

SECONDS = float(os.environ.get("SLOW_SECONDS", "0.5"))


def marker_of(job_id):
    """A file that is there while the job's result is written but not committed."""
    return Path(settings.CHROMA_DATA_DIR) / f"committing-{job_id}"


class SlowConfig(AppConfig):
    name = "tests.faults.slow_app"

    def ready(self):
        from apps.jobs.run import JobRun  # noqa: PLC0415 - needs the settings

        progress, commit = JobRun.progress, JobRun.commit

        def slow_progress(run, phase, done=0, total=None):
            is_new = phase != run._phase
            progress(run, phase, done, total)
            if is_new:
                time.sleep(SECONDS)
                run.check_cancelled()

        @contextmanager
        def slow_commit(run):
            with commit(run):
                yield
                marker_of(run.job.pk).touch()
                time.sleep(SECONDS)
            marker_of(run.job.pk).unlink()

        JobRun.progress, JobRun.commit = slow_progress, slow_commit
