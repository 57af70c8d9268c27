from __future__ import annotations

import os
import signal
import socket
import threading
from typing import Any

from daphne.endpoints import build_endpoint_description_strings
from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.runserver import Command as DjangoCommand

from apps.jobs.compute.lifeline import die_with_parent
from apps.jobs.schema_state import bring_up_to_date
from apps.jobs.worker_process import WorkerProcess
from chroma_site.asgi import application
from chroma_site.server.access_log import log_action
from chroma_site.server.server import ChromaServer

# What is still at work so long after the server has ended is not waited for.
LAST_SECONDS = 2.0


class Command(DjangoCommand):
    # Read from the command line by Django.
    addr: str
    port: str
    use_ipv6: bool
    _raw_ipv6: bool

    help = "Serves Chroma (web, UI, WebSocket) and runs a worker beside it."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--no-worker", action="store_true", help="Serve only; run `manage.py worker` elsewhere.")

    def run(self, **options: Any) -> None:
        if is_reloaded_child():
            die_with_parent(signal.SIGTERM)
        else:
            _refuse_https_without_a_proxy()
            self._refuse_a_taken_port()
            bring_up_to_date()
        super().run(**options)

    def inner_run(self, *args: Any, **options: Any) -> None:
        self.check(display_num_errors=True)
        worker = None if options["no_worker"] else WorkerProcess()
        server = ChromaServer(
            application,
            trusted_proxies=settings.CHROMA_TRUSTED_PROXIES,
            endpoints=build_endpoint_description_strings(host=self.addr, port=int(self.port)),
            # Under the reloader this is not the main thread.
            signal_handlers=not options["use_reloader"],
            action_logger=log_action,
        )
        host = f"[{self.addr}]" if self._raw_ipv6 else self.addr
        self.stdout.write(f"Chroma {settings.CHROMA_VERSION} serves at http://{host}:{self.port}/")
        try:
            server.run()
        finally:
            if worker is not None:
                worker.stop()
        if not options["use_reloader"]:
            _do_not_wait_for_threads()

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


def _refuse_https_without_a_proxy() -> None:
    if settings.SECURE_SSL_REDIRECT and not settings.CHROMA_TRUSTED_PROXIES:
        raise CommandError(
            "CHROMA_HTTPS is on, but no proxy is trusted to say that a request came by HTTPS, so every page would only "
            "redirect to itself. Name the proxy's address in CHROMA_TRUSTED_PROXIES: 127.0.0.1 where it runs here."
        )


def _do_not_wait_for_threads() -> None:
    """End the process even where a request, which nobody waits for any more, is still being worked on."""
    timer = threading.Timer(LAST_SECONDS, os._exit, [0])
    timer.daemon = True
    timer.start()
