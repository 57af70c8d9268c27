"""The settings of workers that tests start: ours, and the kinds of job that tests need."""

from __future__ import annotations

from chroma_site.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.jobs.kinds_app"]  # noqa: F405
