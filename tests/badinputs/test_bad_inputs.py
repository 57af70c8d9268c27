"""Every bad input of the catalogue gets its clear answer and changes nothing. The cases are in the YAML files."""

from __future__ import annotations

import logging
import re

import pytest

from apps.common.errors import ChromaError
from tests.badinputs import file_setups, setups
from tests.badinputs.cases import Case, cases
from tests.badinputs.doors import Answer, Scene, knock
from tests.badinputs.promises import check_answer, check_log, check_sentence
from tests.badinputs.state import files, stored

pytestmark = [pytest.mark.django_db, pytest.mark.holds(40)]
STATUS = {kind.code: kind.status for kind in ChromaError.__subclasses__()}
# Chunks of an upload are kept until it is committed or expires.
KEEPS_FILES = {"upload", "PUT"}


def parameters() -> list:
    return [
        pytest.param(case, id=case.id, marks=[pytest.mark.holds(*case.holds)] * bool(case.holds)) for case in cases()
    ]


@pytest.mark.parametrize("case", parameters())
def test_a_bad_input_is_refused_clearly(case: Case, world, untouched, caplog, settings, tmp_path):
    settings.CHROMA_RESOURCE_ROOTS = {"photos": tmp_path}
    scene = Scene(world=world, names=dict(world.names))
    if case.setup:
        make = getattr(setups, case.setup, None) or getattr(file_setups, case.setup)
        scene.names |= make(scene)
    client = scene.client(case)
    before = stored() if case.setup or case.who not in {"nobody", *world.sessions} else untouched
    kept = files()
    caplog.set_level(logging.INFO)
    caplog.clear()
    answer = knock(case, client, scene)
    check_expectations(case, answer, field=scene.filled(case.field))
    check_promises(case, answer, log=caplog.text)
    after = stored()
    assert {table for table in after if after[table] != before[table]} == set(), "rows changed"
    assert files() == kept or case.door in KEEPS_FILES, "files changed"


def check_expectations(case: Case, answer: Answer, *, field: str | None) -> None:
    told = f"{answer.status} {answer.code} {answer.field}: {answer.message}"
    assert answer.status == expected_status(case), told
    assert re.search(case.message, answer.message), told
    if case.door != "command":
        assert (answer.code, answer.field) == (case.code, field), told


def check_promises(case: Case, answer: Answer, *, log: str) -> None:
    check_answer(answer.text)
    # Where a command line is not understood, libraries speak.
    if not (case.door == "command" and case.status == 2):
        check_sentence(answer.message)
    if case.door not in {"command", "sdk"}:
        check_log(log, answer.request_id)


def expected_status(case: Case) -> int:
    """What the case says; else what its code stands for at its door."""
    if case.status is not None:
        return case.status
    if case.door in {"query", "mutation"}:
        return 200
    return 0 if case.door == "sdk" else STATUS[case.code]
