"""All checks, one after the other. Nothing is changed by any."""

from __future__ import annotations

import functools
import platform
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import DatabaseError, connection

from apps.storage.lock import keeping_files
from chroma_site.keeping.doctor import columns, counts, database, files, machine, work
from chroma_site.keeping.doctor.findings import Check, Finding, Level, problem
from chroma_site.keeping.named_files import write_named_files
from chroma_site.keeping.progress import Progress
from chroma_site.keeping.snapshot import snapshot

# In one snapshot, so that what others write meanwhile cannot look like a fault.
OF_THE_DATABASE: dict[str, Check] = {
    "integrity": database.check_integrity,
    "datapoints": counts.check_datapoints,
    "tags": counts.check_tags,
    "labels": counts.check_labels,
    "columns": columns.check_columns,
    "sets": columns.check_sets,
    "jobs": work.check_jobs,
    "deletions": work.check_deletions,
}
OF_THE_MACHINE: dict[str, Check] = {
    "disk": machine.check_disk,
    "secrets": machine.check_secrets,
    "write-ahead log": database.check_log,
}


@dataclass(frozen=True)
class Examined:
    check: str
    findings: list[Finding]


@dataclass(frozen=True)
class Report:
    versions: dict[str, str]
    checks: list[Examined]

    @property
    def is_sound(self) -> bool:
        return not any(found.level is Level.PROBLEM for each in self.checks for found in each.findings)

    def as_data(self) -> dict[str, Any]:
        return {"is_sound": self.is_sound, **asdict(self)}


def examine(*, is_full: bool, progress: Progress) -> Report:
    """Look at everything; with `is_full`, also at every byte of every stored file."""
    checks = [_examined(name, check) for name, check in OF_THE_MACHINE.items()]
    schema = _examined("migrations", _of_existing_database(database.check_migrations))
    checks.append(schema)
    if not any(found.level is Level.PROBLEM for found in schema.findings):
        checks += _examine_data(is_full=is_full, progress=progress)
    return Report(versions=_versions(), checks=checks)


def _examine_data(*, is_full: bool, progress: Progress) -> Iterator[Examined]:
    with (
        keeping_files(lambda: progress.step("Waiting until collect_garbage is done.")),
        tempfile.TemporaryFile() as named,
    ):
        with snapshot():
            for name, check in OF_THE_DATABASE.items():
                progress.step(f"Checking {name}")
                yield _examined(name, check)
            write_named_files(named)
        progress.step("Checking files")
        yield _examined("files", functools.partial(files.check_files, named, is_full=is_full))
        yield _examined("unnamed files", files.check_unnamed_files)


def _examined(name: str, check: Check) -> Examined:
    with _told(name) as findings:
        findings.extend(check())
    return Examined(name, findings)


@contextmanager
def _told(name: str) -> Iterator[list[Finding]]:
    """A check that cannot be made is a finding itself."""
    findings: list[Finding] = []
    try:
        yield findings
    except (DatabaseError, OSError, ValueError) as caught:
        findings.append(problem(f"“{name}” could not be checked: {str(caught).strip()}", database.RESTORE))


def _of_existing_database(check: Check) -> Check:
    """SQLite would make a missing file; looking must not."""
    path = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or path.exists():
        return check
    missing = problem(f"There is no database at {path}.", "Run `chroma manage migrate`, or restore a backup.")
    return lambda: iter([missing])


def _versions() -> dict[str, str]:
    return {
        "chroma": settings.CHROMA_VERSION,
        "python": platform.python_version(),
        "django": django.__version__,
        "database": connection.display_name,
        "storage": settings.STORAGES["default"]["BACKEND"].rpartition(".")[2],
        "data folder": str(settings.CHROMA_DATA_DIR),
    }
