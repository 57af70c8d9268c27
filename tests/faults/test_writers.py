"""Eight processes write at once: for 960 changes, and then for five minutes."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict

import pytest
from django.db import connections

from apps.datasets.services import create_tag
from tests.data import make_dataset
from tests.truth.histories import check_tags, check_versions
from tests.truth.invariants import check_invariants
from tests.truth.taggers import Operation, Recorder, edit_at_random

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, CHANGES, SECONDS = 8, 120, 300


@pytest.fixture
def shared(actor, project):
    """A dataset, two tags to be put on it, and one to be renamed."""
    tags = [create_tag(actor=actor, project=project, name=name) for name in ("odd", "even", "named")]
    return make_dataset(project, count=40), tags


@pytest.mark.holds(29)
@pytest.mark.timeout(600)
def test_eight_processes_of_120_changes_each_are_never_told_that_the_database_is_locked(actor, shared, report_seconds):
    dataset, tags = shared
    began = time.monotonic()
    operations = in_processes(lambda writer, recorder: edit_at_random(
        recorder, actor, dataset, tags, writer=writer, changes=CHANGES))  # fmt: skip
    report_seconds(f"{WRITERS} processes of {CHANGES} changes", time.monotonic() - began)
    report_seconds("the longest change among them", max(each.ended - each.began for each in operations))
    assert len(operations) == WRITERS * CHANGES
    assert [each for each in operations if each.outcome == "busy"] == []
    judge(operations, dataset, tags)


@pytest.mark.holds(30)
@pytest.mark.timeout(900)
def test_five_minutes_of_edits_by_eight_lose_none(actor, shared):
    dataset, tags = shared

    def work(writer, recorder):
        until, round = time.monotonic() + SECONDS, 0
        while time.monotonic() < until:
            edit_at_random(recorder, actor, dataset, tags, writer=writer, changes=20, seed=f"{writer} {round}")
            round += 1

    judge(in_processes(work), dataset, tags)


def judge(operations, dataset, tags) -> None:
    assert [each for each in operations if each.outcome == "unknown"] == []
    check_tags(operations, dataset, tags)
    check_versions(operations, tags)
    check_invariants()


def in_processes(work) -> list[Operation]:
    """What `work(writer, recorder)` recorded in as many processes as there are writers."""
    connections.close_all()
    ends = []
    for writer in range(WRITERS):
        told, telling = os.pipe()
        if os.fork() == 0:
            os.close(told)
            work_and_tell(work, writer, telling)
        os.close(telling)
        ends.append(told)
    operations = []
    for told in ends:
        with os.fdopen(told) as handle:
            operations += [Operation(**each | {"value": freeze(each["value"])}) for each in json.load(handle)]
    for _ in ends:
        os.wait()
    return operations


def work_and_tell(work, writer: int, telling: int) -> None:
    """In the child: never returns."""
    try:
        recorder = Recorder()
        work(writer, recorder)
        with os.fdopen(telling, "w") as handle:
            json.dump([asdict(each) | {"value": list(each.value)} for each in recorder.operations], handle)
    finally:
        os._exit(0)


def freeze(value: list):
    """A rename's pair, or the rows of a tag."""
    return tuple(value) if len(value) == 2 and isinstance(value[1], str) else frozenset(value)
