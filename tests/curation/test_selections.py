from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from django.utils import timezone
from pyroaring import BitMap

from apps.curation.models import Selection, SelectionRows
from apps.datasets import bitmaps
from apps.datasets.models import Dataset
from tests.data import make_dataset


def encoded(rows):
    return base64.b64encode(BitMap(rows).serialize()).decode()


def post(client_for, caller, project, body):
    return client_for(caller).post(f"/bulk/v1/projects/{project.pk}/selections", body, content_type="application/json")


def chosen():
    return {part.dataset.name: list(bitmaps.load(part.rows)) for part in SelectionRows.objects.all()}


def test_rows_of_several_datasets_are_kept_under_one_id(select, bob, project, dataset):
    other = make_dataset(project, "test", count=5)
    answer = select(bob, {dataset: [0, 3, 19], other: [4]})
    assert answer.status_code == 201
    assert answer.json() == {"id": str(Selection.objects.get().pk), "datapoint_count": 4}
    assert chosen() == {"train": [0, 3, 19], "test": [4]}


def test_keys_name_datapoints_as_well(client_for, bob, project, dataset):
    answer = post(client_for, bob, project, {"keys": {str(dataset.pk): ["k3", "k0", "k3"]}})
    assert answer.json()["datapoint_count"] == 2
    assert chosen() == {"train": [0, 3]}


def test_a_viewer_may_select(select, vera, dataset):
    assert select(vera, {dataset: [1]}).status_code == 201


def test_rows_that_were_deleted_are_left_out(select, bob, dataset):
    Dataset.objects.update(alive=bitmaps.dump(BitMap([0, 1, 2])))
    assert select(bob, {dataset: [1, 2, 3]}).json()["datapoint_count"] == 2


def test_unknown_keys_are_named(client_for, bob, project, dataset):
    answer = post(client_for, bob, project, {"keys": {str(dataset.pk): ["k1", *[f"x{n}" for n in range(7)]]}})
    assert answer.status_code == 422
    assert answer.json()["error"]["message"] == (
        "The dataset 'train' has no datapoint with the key 'x0', 'x1', 'x2', 'x3', 'x4' and 2 more."
    )
    assert not Selection.objects.exists()


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "Send either"),
        ({"datasets": [], "keys": {}}, "Send either"),
        ({"datasets": []}, "datasets must name for each dataset id a base64 text."),
        ({"datasets": {"{id}": 7}}, "datasets must name for each dataset id a base64 text."),
        ({"keys": {"{id}": "k1"}}, "keys must name for each dataset id a list of keys."),
        ({"keys": {"{id}": ["k1", 7]}}, "Every key must be a text."),
        ({"datasets": {"{id}": "%%%"}}, "A bitmap must be base64 text."),
        ({"datasets": {"{id}": "ü"}}, "A bitmap must be base64 text."),
        ({"datasets": {"{id}": ""}}, "This is not a roaring bitmap in the portable format."),
        ({"datasets": {"{id}": base64.b64encode(b"\x3b\x30" + b"\xff" * 40).decode()}}, "This is not a roaring"),
        ({"datasets": {"{id}": encoded([20])}}, "The bitmap names row 20; the dataset's rows are below 20."),
        ({"datasets": {"{id}": encoded([2**32 - 1])}}, "The bitmap names rows from 4,294,901,760"),
    ],
)
def test_what_is_no_selection_is_refused_with_a_sentence(client_for, bob, project, dataset, body, sentence):
    written = {
        field: {key.format(id=dataset.pk): value for key, value in part.items()} if isinstance(part, dict) else part
        for field, part in body.items()
    }
    answer = post(client_for, bob, project, written)
    assert answer.status_code == 422
    assert answer.json()["error"]["message"].startswith(sentence)
    assert not Selection.objects.exists()


def test_more_keys_than_allowed_are_refused(client_for, bob, project, dataset):
    keys = [f"k{number}" for number in range(100_001)]
    answer = post(client_for, bob, project, {"keys": {str(dataset.pk): keys}})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "LIMIT_EXCEEDED")


@pytest.mark.parametrize(("who", "status"), [("charlie", 404), (None, 401)])
def test_strangers_select_nothing(select, request, project, dataset, who, status):
    caller = request.getfixturevalue(who) if who else None
    assert select(caller, {dataset: [1]}).status_code == status
    assert not Selection.objects.exists()


def test_a_dataset_of_another_project_is_not_found(select, alice, charlie, project, dataset):
    theirs = make_dataset(charlie.memberships.get().project, "theirs", count=3)
    assert select(alice, {theirs: [1]}, project=project).status_code == 404
    assert select(charlie, {theirs: [1]}, project=project).status_code == 404
    assert not Selection.objects.exists()


def test_a_read_token_selects_nothing(select, bob, dataset, token_for):
    assert select(token_for(bob, scope="read"), {dataset: [1]}).status_code == 403


def test_an_expired_selection_does_nothing(act, bob, dataset, selected):
    selection = selected(bob, dataset, [1, 2])
    Selection.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = act(bob, "tagSelection", {"selectionId": selection, "name": "check"}, "changedCount")
    assert [error["message"] for error in answer["errors"]] == ["This selection has expired; select again."]
