"""How long each fault took to recover, printed at the end of the run."""

from __future__ import annotations

import pytest

SECONDS = "seconds"


@pytest.fixture
def report_seconds(request):
    """report_seconds("what", seconds): remember how long it took."""
    # Travels with the test's report, from other processes too.
    return lambda what, seconds: request.node.user_properties.append((SECONDS, (what, seconds)))


def pytest_terminal_summary(terminalreporter):
    reports = [report for ended in ("passed", "failed") for report in terminalreporter.stats.get(ended, [])]
    measured = [value for report in reports for name, value in report.user_properties if name == SECONDS]
    if measured:
        terminalreporter.section("seconds until it was well again")
        for what, seconds in measured:
            terminalreporter.write_line(f"{seconds:6.1f} s  {what}")
