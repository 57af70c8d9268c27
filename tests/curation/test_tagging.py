from __future__ import annotations

import threading

import pyarrow as pa
import pytest
from django.db import connection

from apps.accounts.actor import Actor
from apps.curation.models import Selection
from apps.curation.services import tag_selection
from apps.datasets import bitmaps
from apps.datasets.models import Tag, TagMembership
from apps.projects.models import AuditEntry, Change
from tests.data import make_dataset

FIELDS = """
  tag { id name datapointCount memberships { dataset { name } datapointCount version } }
  changedCount undoSelectionId
"""


def tagged(name="check"):
    return {part.dataset.name: list(bitmaps.load(part.rows)) for part in TagMembership.objects.filter(tag__name=name)}


def test_tagging_makes_the_tag_and_counts_it(act, bob, dataset, selected):
    answer = act(bob, "tagSelection", {"selectionId": selected(bob, dataset, [1, 2, 5]), "name": " check "}, FIELDS)
    assert answer["errors"] == []
    assert answer["changedCount"] == 3
    assert answer["tag"]["name"] == "check"
    assert answer["tag"]["memberships"] == [{"dataset": {"name": "train"}, "datapointCount": 3, "version": 1}]
    assert tagged() == {"train": [1, 2, 5]}


def test_only_what_changed_is_counted_audited_and_undone(act, bob, dataset, selected):
    act(bob, "tagSelection", {"selectionId": selected(bob, dataset, [1, 2]), "name": "check"}, FIELDS)
    second = act(bob, "tagSelection", {"selectionId": selected(bob, dataset, [2, 3, 4]), "name": "check"}, FIELDS)
    assert second["changedCount"] == 2
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.after, entry.target_type) == ("tagged", {"tag": "check", "count": 2}, "tag")
    change = Change.objects.latest("seq")
    assert (change.kind, change.target_type, change.version) == ("tagged", "tag", 2)

    undone = act(bob, "untagSelection", {"selectionId": second["undoSelectionId"], "name": "check"}, FIELDS)
    assert undone["changedCount"] == 2
    assert tagged() == {"train": [1, 2]}
    redone = act(bob, "tagSelection", {"selectionId": undone["undoSelectionId"], "name": "check"}, FIELDS)
    assert redone["changedCount"] == 2
    assert tagged() == {"train": [1, 2, 3, 4]}


@pytest.mark.holds(27)
def test_tagging_again_changes_nothing_and_writes_nothing(act, bob, dataset, selected):
    selection = selected(bob, dataset, [1])
    act(bob, "tagSelection", {"selectionId": selection, "name": "check"}, FIELDS)
    before = AuditEntry.objects.count(), Change.objects.count()
    answer = act(bob, "tagSelection", {"selectionId": selection, "name": "check"}, FIELDS)
    assert answer["changedCount"] == 0
    assert answer["tag"]["memberships"][0]["version"] == 1
    assert (AuditEntry.objects.count(), Change.objects.count()) == before


def test_a_tag_spans_datasets(act, bob, project, dataset, select):
    other = make_dataset(project, "test", count=5)
    selection = select(bob, {dataset: [0], other: [1, 2]}).json()["id"]
    answer = act(bob, "tagSelection", {"selectionId": selection, "name": "check"}, FIELDS)
    assert (answer["changedCount"], answer["tag"]["datapointCount"]) == (3, 3)
    assert tagged() == {"train": [0], "test": [1, 2]}


@pytest.mark.parametrize(("who", "code"), [("vera", "FORBIDDEN"), ("charlie", "NOT_FOUND")])
@pytest.mark.parametrize("mutation", ["tagSelection", "untagSelection"])
def test_who_may_not_tag_changes_nothing(act, request, bob, dataset, selected, who, code, mutation):
    act(bob, "tagSelection", {"selectionId": selected(bob, dataset, [1]), "name": "check"}, FIELDS)
    selection = selected(bob, dataset, [1, 2])
    answer = act(request.getfixturevalue(who), mutation, {"selectionId": selection, "name": "check"}, FIELDS)
    assert [error["code"] for error in answer["errors"]] == [code]
    assert answer["tag"] is None
    assert tagged() == {"train": [1]}
    assert Tag.objects.count() == 1


def test_untagging_with_an_unknown_tag_makes_none(act, bob, dataset, selected):
    answer = act(bob, "untagSelection", {"selectionId": selected(bob, dataset, [1]), "name": "nowhere"}, FIELDS)
    assert [error["message"] for error in answer["errors"]] == ["This project has no tag 'nowhere'."]
    assert not Tag.objects.exists()


def test_the_tag_is_read_as_a_column_whose_etag_follows_it(act, client_for, bob, dataset, selected):
    act(bob, "tagSelection", {"selectionId": selected(bob, dataset, [1, 19]), "name": "check"}, FIELDS)
    address = f"/bulk/v1/datasets/{dataset.pk}/columns/tag:{Tag.objects.get().pk}"
    answer = client_for(bob).get(address)
    table = pa.ipc.open_stream(answer.getvalue()).read_all()
    assert [row for row, value in enumerate(table["value"].to_pylist()) if value] == [1, 19]
    assert set(table["present"].to_pylist()) == {1}
    assert client_for(bob).get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    act(bob, "tagSelection", {"selectionId": selected(bob, dataset, [2]), "name": "check"}, FIELDS)
    assert client_for(bob).get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.holds(30)
def test_people_who_tag_at_the_same_time_lose_nothing(alice, bob, dataset, selected):
    """Eight threads put the same tag on a different datapoint each."""
    selections = [Selection.objects.get(pk=selected(bob, dataset, [row])) for row in range(8)]
    failures = []

    def tag(selection):
        try:
            tag_selection(actor=Actor(user=bob), selection=selection, name="check")
        except Exception as problem:  # noqa: BLE001 - the test reports whatever went wrong in a thread
            failures.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=tag, args=[selection]) for selection in selections]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert tagged() == {"train": list(range(8))}
    assert TagMembership.objects.get().version == 8
