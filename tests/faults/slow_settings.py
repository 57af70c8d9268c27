"""The settings of workers that are met in the middle of what they do."""

from __future__ import annotations

from tests.jobs.worker_settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.slow_app"]  # noqa: F405
