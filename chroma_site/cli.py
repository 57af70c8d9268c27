"""The `chroma` command, for people who installed the wheel: no checkout needed."""

from __future__ import annotations

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

USAGE = """usage: chroma application run [HOST:PORT]   the whole stack: web, UI and worker (default 127.0.0.1:8000)
       chroma backup FILE                   everything to one file, while Chroma goes on working
       chroma restore FILE                  a backup into an empty installation
       chroma doctor [--full] [--json]      whether all is sound, and what to do where it is not
       chroma manage COMMAND …              Django's commands: createsuperuser, create_token, migrate, …
"""
DEFAULT_ADDRESS = "127.0.0.1:8000"


def main(arguments: list[str] | None = None) -> None:
    """Run what the command line asks for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chroma_site.settings")
    match sys.argv[1:] if arguments is None else arguments:
        case ["application", "run", *rest] if len(rest) <= 1 and not "".join(rest).startswith("-"):
            run(["chroma", "runserver", "--noreload", rest[0] if rest else DEFAULT_ADDRESS])
        case ["backup" | "restore" | "doctor", *_] as command:
            run(["chroma", *command])
        case ["manage", *rest] if rest:
            run(["chroma manage", *rest])
        case [] | ["-h"] | ["--help"]:
            sys.stdout.write(USAGE)
        case _:
            sys.stderr.write(USAGE)
            sys.exit(2)


def run(command: list[str]) -> None:
    """Run a command of Django's. A wrong setting ends it with the sentence that says which, and no stack."""
    try:
        execute_from_command_line(command)
    except ImproperlyConfigured as problem:
        sys.exit(f"{command[0]}: {problem}")
