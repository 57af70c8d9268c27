"""Real processes: a worker or a server with everything that it started."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.jobs.waiting import wait_until

CHECKOUT = Path(__file__).resolve().parent.parent.parent


class Running:
    """`manage.py COMMAND`, killed with all its descendants at the end whatever happened."""

    def __init__(self, environment, *arguments, settings="tests.jobs.worker_settings", prefix=()):
        self.environment = {**environment, "DJANGO_SETTINGS_MODULE": settings}
        self.command = [*prefix, sys.executable, "manage.py", *arguments]
        self.seen = {}

    def __enter__(self):
        with heeding_ctrl_c():
            self.process = subprocess.Popen(self.command, cwd=CHECKOUT, env=self.environment, stdin=subprocess.DEVNULL)
        return self

    def __exit__(self, *_):
        self.look()
        self.process.kill()
        self.process.wait()
        for process in self.left():
            process.kill()

    def look(self):
        """Remember every descendant, so that those are found whose parent is gone."""
        if self.process.poll() is None:
            for process in psutil.Process(self.process.pid).children(recursive=True):
                self.seen[process.pid] = process
        return self

    def left(self):
        """Descendants that still live."""
        return [process for process in self.seen.values() if process.is_running() and not is_zombie(process)]

    def stop(self, how=signal.SIGTERM):
        """Send the signal and wait until nothing is left; returns the seconds that it took."""
        self.look()
        self.process.send_signal(how)
        return wait_until(lambda: self.process.poll() is not None and not self.left(), "all processes gone", 20)


@contextmanager
def heeding_ctrl_c():
    """Start commands that heed Ctrl-C also where the tests run in a shell's background, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def is_zombie(process):
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
