from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from chroma_site.keeping.doctor.examine import Report, examine
from chroma_site.keeping.progress import Progress


class Command(BaseCommand):
    help = (
        "Say whether the database and the stored files are sound, and what to do where they are not. Changes nothing."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--full", action="store_true", help="read every stored file, not a sample of them")
        parser.add_argument("--json", action="store_true", help="the report as JSON")

    def handle(self, *args: Any, full: bool, **options: Any) -> None:
        report = examine(is_full=full, progress=Progress(self.stderr.write))
        self.stdout.write(json.dumps(report.as_data(), indent=2) if options["json"] else _table(report))
        if not report.is_sound:
            sys.exit(1)


def _table(report: Report) -> str:
    lines = [f"{name:<16} {value}" for name, value in report.versions.items()] + [""]
    for each in report.checks:
        worst = min((found.level for found in each.findings), default=None)
        lines.append(f"{each.check:<16} {worst or 'ok'}")
        for found in each.findings:
            lines += [f"    {found.level}: {found.message}", f"        {found.advice}"]
    lines += ["", "All is sound." if report.is_sound else "There are problems; see above."]
    return "\n".join(lines)
