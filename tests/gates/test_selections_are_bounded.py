from __future__ import annotations

import pytest
from django.utils import timezone
from pyroaring import BitMap

from apps.accounts.actor import Actor
from apps.curation.models import Selection
from apps.curation.services import create_selection, selections
from apps.jobs.models import Job, Lane
from tests.data import make_dataset

pytestmark = [pytest.mark.django_db, pytest.mark.holds(23)]


@pytest.fixture
def select(project):
    dataset = make_dataset(project, count=100)
    return lambda user: create_selection(
        actor=Actor(user=user), project=project, rows={dataset: BitMap(range(0, 100, 3))}
    )


def test_the_newest_selections_of_a_user_stay_and_nobody_elses_go(select, alice, bob, monkeypatch):
    monkeypatch.setattr(selections, "MOST_KEPT", 3)
    other = select(bob)
    made = [select(alice).pk for _ in range(6)]
    assert set(Selection.objects.filter(created_by=alice).values_list("pk", flat=True)) == set(made[-3:])
    assert Selection.objects.filter(pk=other.pk).exists()


def test_they_are_bounded_in_bytes(select, alice, monkeypatch):
    monkeypatch.setattr(selections, "MOST_KEPT_BYTES", 250)
    made = [select(alice).pk for _ in range(6)]
    left = list(Selection.objects.order_by("created_at").values_list("pk", flat=True))
    assert 1 <= len(left) < 6
    assert left == made[-len(left) :]


def test_what_a_job_waits_to_work_on_stays(select, alice, project, monkeypatch):
    monkeypatch.setattr(selections, "MOST_KEPT", 2)
    named = select(alice)
    Job.objects.create(
        project=project,
        kind="set_label",
        title="Label",
        lane=Lane.LIGHT,
        requested_by=alice,
        queued_at=timezone.now(),
        parameters={"selection_id": str(named.pk)},
    )
    for _ in range(4):
        select(alice)
    assert Selection.objects.filter(pk=named.pk).exists()
    assert Selection.objects.count() == 3
