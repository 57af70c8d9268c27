from __future__ import annotations

import argparse
import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.jobs.compute.lifeline import die_with_parent, on_end_of_input
from apps.jobs.schema_state import bring_up_to_date
from apps.jobs.supervisor import Supervisor


class Command(BaseCommand):
    help = "Runs background jobs until it is stopped with Ctrl-C or SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        # How runserver starts it: the worker ends when its standard input does.
        parser.add_argument("--with-parent", action="store_true", help=argparse.SUPPRESS)

    def handle(self, *, with_parent: bool, **options: Any) -> None:
        supervisor = Supervisor()
        signal.signal(signal.SIGTERM, supervisor.stop)
        signal.signal(signal.SIGINT, supervisor.stop)
        if with_parent:
            die_with_parent(signal.SIGTERM)
            on_end_of_input(supervisor.stop)
        bring_up_to_date()
        self.stdout.write("The worker is ready for jobs.")
        supervisor.run()
