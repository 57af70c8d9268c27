"""The worker as a child of the web server."""

from __future__ import annotations

import atexit
import contextlib
import os
import subprocess
import sys

from apps.jobs.calculator import child_environment

# Longer than a worker takes to end by itself.
PATIENCE = 8.0


class WorkerProcess:
    """A worker that ends with this process, also when it is killed: it holds the reading end of a pipe to us."""

    def __init__(self) -> None:
        settings_module = os.environ.get("DJANGO_SETTINGS_MODULE", "chroma_site.settings")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "django", "worker", "--with-parent"],
            stdin=subprocess.PIPE,
            env=child_environment() | {"DJANGO_SETTINGS_MODULE": settings_module},
            # Ctrl-C in the terminal is for the server, which then ends the worker.
            start_new_session=True,
        )
        # A reloading server leaves through sys.exit.
        atexit.register(self.stop)

    def stop(self) -> None:
        """End the worker and wait for it."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
