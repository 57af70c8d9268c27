"""People who log, label, tag and delete at the same moment: each succeeds, and nothing of theirs is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from apps.accounts.actor import Actor
from apps.curation.models import Selection
from apps.curation.services import set_label, tag_selection
from apps.datasets.models import Category, Datapoint, Dataset, TagMembership
from apps.datasets.services import create_category, delete_category
from apps.projects.models import Change
from tests.logging.upload import Uploader

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*actions):
    """What the actions return, each run in its own thread with its own database connection."""

    def run(action):
        try:
            return action()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


@pytest.mark.holds(29, 30)
def test_logging_labelling_tagging_and_deleting_do_not_hinder_each_other(
    alice, bob, project, dataset, selected, client_for
):
    people = [Actor(user=alice), Actor(user=bob)]
    low, high = (
        Selection.objects.get(pk=selected(bob, dataset, rows)) for rows in (list(range(10)), list(range(10, 20)))
    )
    doomed = [create_category(actor=people[0], project=project, name=f"doomed {number}") for number in range(3)]

    def log(number):
        keys = [f"k{row}" for row in range(5)] + [f"new {number} {row}" for row in range(20)]
        return Uploader(client_for(bob), dataset).log({"key": keys, "label": [f"logged {number}"] * 25})

    def label(number):
        return set_label(actor=people[number % 2], selection=high, category_name=f"seen {number}").changed_count

    def tag(number):
        selection = low if number % 2 else high
        return tag_selection(actor=people[number % 2], selection=selection, name=f"tag {number // 2}").changed_count

    results = at_once(
        *[
            action
            for number in range(3)
            for action in (
                lambda number=number: log(number),
                lambda number=number: label(number),
                lambda number=number: tag(number),
                lambda number=number: delete_category(actor=people[0], category=doomed[number]),
            )
        ]
    )

    assert [report["added"] for report in results[0::4]] == [20, 20, 20]
    assert results[1::4] == [10, 10, 10]
    assert results[2::4] == [10, 10, 10]
    now = Dataset.objects.get()
    assert (now.datapoint_count, now.next_row) == (80, 80)
    assert Datapoint.objects.filter(row__gte=20, category=None).count() == 0
    assert not Category.objects.filter(name__startswith="doomed").exists()
    counts = TagMembership.objects.order_by("tag__name").values_list("tag__name", "datapoint_count", "version")
    assert list(counts) == [("tag 0", 20, 2), ("tag 1", 10, 1)]
    for datapoint in Datapoint.objects.filter(row__lt=20).exclude(label_changes=None):
        assert datapoint.label_changes.first().to_category_id == datapoint.category_id
    seqs = list(Change.objects.order_by("pk").values_list("seq", flat=True))
    assert sorted(seqs) == list(range(1, len(seqs) + 1))
