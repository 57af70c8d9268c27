"""Gives a process a clock that is wrong by WRONG_CLOCK seconds. Time goes by as ever: what measures it is not touched.

From outside, as libfaketime would; but under that Python cannot sleep.
"""

from __future__ import annotations

import os
import time
from datetime import timedelta

from django.apps import AppConfig
from django.utils import timezone


class ClockConfig(AppConfig):
    name = "tests.faults.clock_app"

    def ready(self):
        seconds = float(os.environ["WRONG_CLOCK"])
        now, epoch = timezone.now, time.time
        timezone.now = lambda: now() + timedelta(seconds=seconds)
        time.time = lambda: epoch() + seconds
