"""Which tests hold which property, and how they ended: read from what the test runs left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.folders import is_for_one_database

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent.parent
RESULTS = CHECKOUT / ".cache" / "assurance"
LONG = HERE / "long.json"
# What each tier is to run on. The browser says itself which of its steps hold what.
ENVIRONMENTS = {"fast": ["SQLite", "PostgreSQL"], "hosted": ["PostgreSQL and Redis"]}


@dataclass(frozen=True)
class Property:
    number: int
    priority: str
    group: str
    name: str
    statement: str
    # What of it is not proved, and why.
    gap: str = ""


@dataclass(frozen=True)
class Proof:
    """One test that holds properties."""

    place: str
    name: str
    tier: str
    holds: tuple[int, ...]
    outcomes: dict[str, str]

    @property
    def has_passed(self) -> bool:
        """In every environment; where a test says nothing about one, it passed in another."""
        ends = set(self.outcomes.values())
        return "passed" in ends and ends <= {"passed", "skipped"}

    @property
    def sentence(self) -> str:
        return self.name.removeprefix("test_").replace("_", " ")


def read_properties() -> list[Property]:
    return [Property(**row) for row in yaml.safe_load((HERE / "properties.yaml").read_text())]


def read_proofs() -> list[Proof]:
    """Every marked test that there is, those included that did not run."""
    return sorted([*_python_proofs(), *_browser_proofs()], key=lambda proof: (proof.tier, proof.place, proof.name))


def read_long() -> dict[str, Any]:
    """The record of the last long run: date, minutes, processors, and its tests in each environment."""
    return json.loads(LONG.read_text()) if LONG.exists() else {"tests": {}}


def collect() -> dict[str, dict[str, Any]]:
    """The marked tests that pytest finds now."""
    folder = RESULTS / "now"
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "tests", "tests/hosted", "tests/faults"]
    run = subprocess.run(
        command,
        check=False,
        cwd=CHECKOUT,
        env={**os.environ, "CHROMA_ASSURANCE": str(folder)},
        capture_output=True,
        text=True,
    )
    if run.returncode:
        raise SystemExit(f"The tests cannot be collected:\n{run.stdout[-3000:]}{run.stderr[-3000:]}")
    return json.loads((folder / "collected.json").read_text())


def _python_proofs() -> Iterator[Proof]:
    results = {path.stem: json.loads(path.read_text()) for path in RESULTS.glob("*.json") if path.stem != "browser"}
    long = read_long()["tests"]
    for node_id, test in collect().items():
        place, _, name = node_id.partition("::")
        folder = Path(place).parts[1]
        tier = {"hosted": "hosted", "faults": "long"}.get(folder, "fast")
        ran = long if tier == "long" else results
        environments = list(long) if tier == "long" else ENVIRONMENTS[tier]
        if is_for_one_database(place):
            environments = ["SQLite"]
        outcomes = {where: ran.get(where, {}).get(node_id, {}).get("outcome", "missing") for where in environments}
        if tier == "long":
            outcomes = {where: outcome for where, outcome in outcomes.items() if outcome != "missing"}
        yield Proof(place, name.rpartition("::")[2], tier, tuple(test["holds"]), outcomes)


def _browser_proofs() -> Iterator[Proof]:
    path = RESULTS / "browser.json"
    if not path.exists():
        return
    for test in json.loads(path.read_text())["tests"]:
        if test["holds"]:
            yield Proof("frontend/e2e", test["id"], "fast", tuple(test["holds"]), {"Chromium": test["outcome"]})
