"""Eight who write at the same time: nobody is told that the database is locked, and nobody's work is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from apps.datasets.services import create_tag
from tests.data import make_dataset
from tests.truth.histories import check_tags, check_versions
from tests.truth.taggers import Recorder, edit_at_random

pytestmark = [pytest.mark.holds(29, 30), pytest.mark.django_db(transaction=True)]

WRITERS, CHANGES = 8, 15


def test_eight_who_read_modify_and_write_never_hinder_each_other(actor, project):
    dataset, recorder = make_dataset(project, count=40), Recorder()
    tags = [create_tag(actor=actor, project=project, name=name) for name in ("odd", "even", "named")]

    def write(number):
        try:
            edit_at_random(recorder, actor, dataset, tags, writer=number, changes=CHANGES)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))

    assert [each for each in recorder.operations if each.outcome not in {"ok", "fail"}] == []
    assert len(recorder.operations) == WRITERS * CHANGES
    check_tags(recorder.operations, dataset, tags)
    check_versions(recorder.operations, tags)
