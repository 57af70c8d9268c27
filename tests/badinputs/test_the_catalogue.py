"""The catalogue is whole: every row has cases, or says why it has none."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.badinputs.cases import cases, not_applicable

pytestmark = pytest.mark.holds(40)
# Rows by group: login, GraphQL, uploads, paths, addresses, curation, work, exchange.
ROWS = {"L": 19, "G": 31, "U": 38, "P": 20, "S": 7, "C": 12, "W": 10, "X": 8}
FEWEST = 600


def every_case():
    return [*cases(), *cases(live=True)]


def test_every_row_has_cases_or_a_reason_why_not():
    wanted = {f"{group}{number}" for group, count in ROWS.items() for number in range(1, count + 1)}
    have = {case.row for case in every_case()}
    missing = wanted - have - set(not_applicable())
    assert not missing, f"no case and no reason: {sorted(missing)}"
    assert not have & set(not_applicable()), "a row with cases needs no reason"
    assert all(len(why) > 20 for why in not_applicable().values())


def test_every_case_is_named_once_and_there_are_many():
    names = Counter(case.id for case in every_case())
    assert [name for name, count in names.items() if count > 1] == []
    assert len(names) >= FEWEST


def test_every_case_expects_words_of_its_own():
    """An expectation that any sentence would meet proves nothing."""
    assert [case.id for case in cases() if len(case.message) < 2] == []
