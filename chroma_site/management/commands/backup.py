from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chroma_site.keeping.backup import back_up
from chroma_site.keeping.errors import KeepingFailed
from chroma_site.keeping.progress import Progress


class Command(BaseCommand):
    help = "Write everything that Chroma keeps to one file, while it goes on working."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the archive to write; it must not exist")
        parser.add_argument(
            "--skip-damaged", action="store_true", help="go on where stored files are missing or damaged, and list them"
        )

    def handle(self, *args: Any, file: Path, skip_damaged: bool, **options: Any) -> None:
        progress = Progress(self.stderr.write)
        try:
            summary = back_up(file.absolute(), skip_damaged=skip_damaged, progress=progress)
        except KeepingFailed as problem:
            raise CommandError(str(problem), returncode=problem.exit_code) from problem
        except OSError as problem:
            raise CommandError(f"The backup failed: {problem.strerror or problem}.") from problem
        self.stdout.write(
            f"Wrote {file}: {summary.rows:,} rows, {summary.files:,} files, {summary.size / 1e6:,.1f} MB"
            + (f"; {len(summary.damaged):,} of the files are missing or damaged." if summary.damaged else ".")
        )
