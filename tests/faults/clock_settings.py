"""The settings of processes whose clock is wrong."""

from __future__ import annotations

from chroma_site.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.clock_app"]  # noqa: F405
