"""Which tests run where, and which ones first."""

from __future__ import annotations

from pathlib import PurePath

# What these prove does not depend on the database, so they run on SQLite alone.
ONE_DATABASE = (
    "compute",
    "docs",
    "gates",
    "limits",
    "resources",
    "sdk",
    "jobs/test_computing.py",
    "jobs/test_runserver.py",
    "site/test_forgery.py",
    "site/test_frontend_documents.py",
    "site/test_headers.py",
    "site/test_pages.py",
    "site/test_structure.py",
    "transfer/test_hostile_files.py",
)

# Half a minute and more each: begun first, so that none of them is what all processes wait for in the end.
LONGEST = (
    "jobs/test_runserver.py",
    "docs/test_code_blocks.py",
    "jobs/test_worker.py",
    "truth/test_all_or_nothing.py",
    "sdk/test_maps.py",
    "compute/test_other_methods.py",
    "borders/test_canaries.py",
    "upgrades/test_upgrades.py",
    "sdk/test_command_line.py",
    "keeping/test_restoring.py",
    "keeping/test_under_load.py",
    "site/test_doors.py",
    "docs/test_notebook.py",
    "transfer/test_round_trip.py",
    "jobs/test_computing.py",
    "gates/test_stopping.py",
    "gates/test_slow_clients.py",
)


def is_for_one_database(path: str) -> bool:
    """Whether a test file, as in "tests/docs/test_notebook.py", is for SQLite alone."""
    return any(PurePath(path).is_relative_to(PurePath("tests", place)) for place in ONE_DATABASE)


def turn_of(path: str) -> int:
    """The place of a test file in the order in which files are begun: those of LONGEST, then all others alike."""
    name = PurePath(path).relative_to("tests").as_posix()
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)
