"""Remembers how the tests ended that hold an assurance property, for docs/assurance.md.

Every run adds to the folder that CHROMA_ASSURANCE names, a file for each environment; without that variable nothing is
kept. `--collect-only` writes which tests there are.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.db import connection

FOLDER = os.environ.get("CHROMA_ASSURANCE")
COLLECTED = "collected"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        numbers = sorted({number for mark in item.iter_markers("holds") for number in mark.args})
        if numbers:
            # Travels with the report, from the processes of pytest-xdist too.
            item.user_properties.append(("holds", numbers))


class Collector:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tests: dict[str, dict] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        if session.config.option.collectonly:
            for item in session.items:
                self._note(item.nodeid, dict(item.user_properties), COLLECTED)
            self._write(COLLECTED)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            self._note(report.nodeid, dict(report.user_properties), report.outcome)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if not session.config.option.collectonly:
            self._write(environment())

    def _note(self, node_id: str, properties: dict, outcome: str) -> None:
        """Parametrised cases are one test, which passed when all of them did."""
        numbers = properties.get("holds")
        if not numbers:
            return
        test = self.tests.setdefault(node_id.partition("[")[0], {"holds": [], "outcome": outcome})
        test["holds"] = sorted({*test["holds"], *numbers})
        if outcome != "passed":
            test["outcome"] = outcome

    def _write(self, name: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{name}.json"
        before = json.loads(path.read_text()) if path.exists() and name != COLLECTED else {}
        path.write_text(json.dumps(before | self.tests, indent=1, sort_keys=True))


def environment() -> str:
    """What the tests ran on, as docs/assurance.md calls it."""
    return f"{connection.display_name} and Redis" if os.environ.get("REDIS_URL") else connection.display_name


def pytest_configure(config: pytest.Config) -> None:
    if FOLDER and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Collector(Path(FOLDER)))
