from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from apps.curation.garbage import collect_garbage


class Command(BaseCommand):
    help = "Remove files that no row names, expired selections and uploads, and what unfinished deletions left."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")

    def handle(self, *args: Any, **options: Any) -> None:
        found = collect_garbage(dry_run=options["dry_run"])
        self.stdout.write(
            f"{'Would remove' if options['dry_run'] else 'Removed'} {found.files:,} files ({found.bytes:,} bytes), "
            f"{found.rows:,} rows, {found.thumbnails:,} thumbnails; finished {found.deletions:,} deletions."
            + (" A backup is running: unnamed files stay until the next time." if found.files_stay else "")
        )
