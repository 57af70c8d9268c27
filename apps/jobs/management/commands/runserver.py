from __future__ import annotations

import os
import signal
import socket
from typing import Any

from daphne.management.commands.runserver import Command as DaphneCommand
from django.core.management.base import CommandError, CommandParser

from apps.jobs.compute.lifeline import die_with_parent
from apps.jobs.schema_state import bring_up_to_date
from apps.jobs.worker_process import WorkerProcess


class Command(DaphneCommand):  # type: ignore[misc]  # daphne is untyped
    help = "Serves Chroma (web, UI, WebSocket) and runs a worker beside it."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--no-worker", action="store_true", help="Serve only; run `manage.py worker` elsewhere.")

    def run(self, **options: Any) -> None:
        if is_reloaded_child():
            die_with_parent(signal.SIGTERM)
        else:
            self._refuse_a_taken_port()
            bring_up_to_date()
        super().run(**options)

    def inner_run(self, *args: Any, **options: Any) -> None:
        worker = None if options["no_worker"] else WorkerProcess()
        try:
            super().inner_run(*args, **options)
        finally:
            if worker is not None:
                worker.stop()

    def _refuse_a_taken_port(self) -> None:
        family = socket.AF_INET6 if self.use_ipv6 else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.addr, int(self.port)))
            except OSError as problem:
                raise CommandError(f"Cannot serve on {self.addr}:{self.port}: {problem.strerror}.") from problem


def is_reloaded_child() -> bool:
    """Whether this is the process that the autoreloader starts anew after each change of the code."""
    return os.environ.get("RUN_MAIN") == "true"
