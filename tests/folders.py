"""Which tests run where."""

from __future__ import annotations

from pathlib import PurePath

# What these prove does not depend on the database, so they run on SQLite alone.
ONE_DATABASE = ("compute", "docs", "gates", "limits", "sdk", "jobs/test_computing.py", "jobs/test_runserver.py")


def is_for_one_database(path: str) -> bool:
    """Whether a test file, as in "tests/docs/test_notebook.py", is for SQLite alone."""
    return any(PurePath(path).is_relative_to(PurePath("tests", place)) for place in ONE_DATABASE)
