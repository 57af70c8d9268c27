"""docs/assurance.md, written from the properties and from how their tests ended.

`python -m tests.assurance.document write` writes it, `check` fails where it is not what the tests say, and
`record FOLDER MINUTES` keeps the results of a long run, which is not repeated for every change.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from tests.assurance.evidence import CHECKOUT, LONG, Proof, Property, read_long, read_proofs, read_properties

DOCUMENT = CHECKOUT / "docs" / "assurance.md"
INTRODUCTION = """\
# Assurance

What Chroma promises about your data, and the tests that hold each promise. This page is generated: every test listed
here carries the number of its property (`@pytest.mark.holds(24)`). `.ci/run` fails when a test of the first two tiers
did not pass, when a property of priority P0 has none there, or when this page is not what the tests say. Who is trusted
with what stands in `THREAT_MODEL.md`.

**P0**: nothing is released without it. **P1**: before version 1.0. **P2**: before scale is claimed.

Tests run in three tiers. **Fast**: `make test`, on SQLite, on PostgreSQL and in Chromium. **Hosted**: `make
test-hosted`, two web servers and two workers over one PostgreSQL and one Redis. **Long**: `make test-faults`, before a
release. `.ci/run` runs the first two for every change.
"""


def document(properties: list[Property], proofs: list[Proof]) -> str:
    return "\n".join([INTRODUCTION, *_long_run(), *_table(properties, proofs), *_details(properties, proofs)])


def faults_of(properties: list[Property], proofs: list[Proof]) -> list[str]:
    """Why these results may not be published. The long tier runs before a release: the page tells how it ended."""
    numbers = {item.number for item in properties}
    faults = [
        f"{proof.place}: {proof.name} holds {set(proof.holds) - numbers}, which is no property"
        for proof in proofs
        if not set(proof.holds) <= numbers
    ]
    faults += [
        f"{proof.place}: {proof.name} did not pass: {proof.outcomes or 'it never ran'}"
        for proof in proofs
        if not proof.has_passed and proof.tier != "long"
    ]
    faults += [
        f"Property {item.number} ({item.name}) is {item.priority} and has no test in the fast or hosted tier"
        for item in properties
        if item.priority == "P0" and not _regular(item, proofs)
    ]
    return faults


def record(folder: Path, minutes: float) -> None:
    """Keep the results of a long run beside the tests."""
    environments = {path.stem: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))}
    tests = {
        where: {name: test for name, test in ran.items() if name.startswith("tests/faults/")}
        for where, ran in environments.items()
    }
    content = {
        "date": f"{datetime.now(tz=UTC):%Y-%m-%d}",
        "minutes": round(minutes),
        "processors": os.cpu_count(),
        "tests": {where: ran for where, ran in tests.items() if ran},
    }
    LONG.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n")


def _long_run() -> list[str]:
    long = read_long()
    if not long["tests"]:
        return []
    ran = f"on {long['date']}, {long['minutes']} minutes on {long['processors']} processors"
    return [f"The results of the long tier are those of its last run ({ran}).", ""]


def _table(properties: list[Property], proofs: list[Proof]) -> list[str]:
    lines = ["| | Property | Priority | Fast | Hosted | Long | Result |", "|---|---|---|---|---|---|---|"]
    for item in properties:
        mine = _of(item, proofs)
        counts = Counter(proof.tier for proof in mine)
        cells = " | ".join(str(counts[tier] or "") for tier in ("fast", "hosted", "long"))
        link = f"[{item.name}](#{_anchor(item)})"
        lines.append(f"| {item.number} | {link} | {item.priority} | {cells} | {_result(mine)} |")
    return [*lines, ""]


def _details(properties: list[Property], proofs: list[Proof]) -> list[str]:
    lines = []
    for group, items in groupby(properties, key=lambda item: item.group):
        lines += [f"## {group}", ""]
        for item in items:
            mine = _of(item, proofs)
            lines += [
                f"### {item.number}. {item.name}",
                "",
                f"{item.statement} *{item.priority}, {_result(mine)}.*",
                "",
            ]
            for (place, tier), tests in groupby(mine, key=lambda proof: (proof.place, proof.tier)):
                where = f"`{place}`" + ("" if tier == "fast" else f" ({tier})")
                lines.append(f"- {where}: {'; '.join(_sentence(test) for test in tests)}.")
            lines.append("")
    return lines


def _sentence(proof: Proof) -> str:
    return proof.sentence if proof.has_passed else f"**{proof.sentence} ({_ends(proof)})**"


def _ends(proof: Proof) -> str:
    return ", ".join(f"{where}: {end}" for where, end in proof.outcomes.items()) or "not run"


def _result(proofs: list[Proof]) -> str:
    if not proofs:
        return "no test"
    failed = [proof for proof in proofs if not proof.has_passed]
    return f"{len(failed)} of {len(proofs)} tests did not pass" if failed else "held"


def _of(item: Property, proofs: list[Proof]) -> list[Proof]:
    return [proof for proof in proofs if item.number in proof.holds]


def _regular(item: Property, proofs: list[Proof]) -> list[Proof]:
    return [proof for proof in _of(item, proofs) if proof.tier != "long"]


def _anchor(item: Property) -> str:
    return f"{item.number}-{item.name.lower().replace(' ', '-')}"


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["record"]:
        record(Path(arguments[1]), float(arguments[2]))
        return
    properties, proofs = read_properties(), read_proofs()
    faults = faults_of(properties, proofs)
    text = document(properties, proofs)
    if arguments == ["write"]:
        DOCUMENT.write_text(text)
    elif not DOCUMENT.exists() or DOCUMENT.read_text() != text:
        faults.append(
            "docs/assurance.md is not what the tests say: run `make assurance` after `make test` and `make test-hosted`"
        )
    if faults:
        raise SystemExit("\n".join(faults))


if __name__ == "__main__":
    main(sys.argv[1:])
