from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chroma_site.keeping.errors import KeepingFailed
from chroma_site.keeping.progress import Progress
from chroma_site.keeping.restore import restore


class Command(BaseCommand):
    help = "Fill an empty installation with what a backup holds. Stop its servers and workers first."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="an archive that `backup` wrote")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            done = restore(file.absolute(), progress=Progress(self.stderr.write))
        except KeepingFailed as problem:
            raise CommandError(str(problem), returncode=problem.exit_code) from problem
        except OSError as problem:
            raise CommandError(f"The restore failed: {problem.strerror or problem}. Run it again.") from problem
        self.stdout.write(
            f"Restored {done.rows:,} rows and {done.files:,} files of {done.manifest.created_at} "
            f"(version {done.manifest.version}). Everybody has to sign in again."
        )
        for path, found in done.manifest.damaged.items():
            self.stderr.write(f"Damaged when the backup was made: {path}: {found}")
