"""How long each fault took to recover, printed at the end of the run."""

from __future__ import annotations

import pytest

SECONDS: list[tuple[str, float]] = []


@pytest.fixture
def report_seconds():
    """report_seconds("what", seconds): remember how long it took."""
    return lambda what, seconds: SECONDS.append((what, seconds))


def pytest_terminal_summary(terminalreporter):
    if SECONDS:
        terminalreporter.section("seconds until it was well again")
        for what, seconds in SECONDS:
            terminalreporter.write_line(f"{seconds:6.1f} s  {what}")
