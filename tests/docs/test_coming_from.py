"""The page for people who come from the system of 2022 names, for each of its 44 rows, tests that exist."""

from __future__ import annotations

import re

from tests.docs.blocks import CHECKOUT

PAGE = (CHECKOUT / "docs" / "coming-from-chroma-2022.md").read_text()
ROW = re.compile(r"^\| (\d+) \|.*\| (.+) \|$", re.MULTILINE)


def test_it_has_44_rows_and_each_names_a_test_of_its_own():
    rows = {int(number): shown for number, shown in ROW.findall(PAGE)}
    assert sorted(rows) == list(range(1, 45))
    named = [named_tests(shown) for shown in rows.values()]
    assert all(named), [number for number, shown in rows.items() if not named_tests(shown)]
    firsts = [each[0] for each in named]
    assert len(set(firsts)) == len(firsts)


def test_every_test_that_it_names_exists():
    for file, name in (test for _, shown in ROW.findall(PAGE) for test in named_tests(shown)):
        content = (CHECKOUT / file).read_text()
        assert (f"def {name}(" in content) if file.endswith(".py") else (name in content), f"{file}: {name}"


def named_tests(shown: str) -> list[tuple[str, str]]:
    """(file, name) of the tests in a cell."""
    return [(file, name) for file, name in re.findall(r"`([\w./-]+?)(?:::|: )([^`]+)`", shown)]
