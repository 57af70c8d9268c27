from __future__ import annotations

import pyarrow as pa
import pytest

from apps.datasets.models import Dataset, Slice
from apps.projects.models import AuditEntry, Change
from tests.data import make_category, make_dataset

FIELDS = "slice { id name description isFrozen rule datapointCount notes version createdBy { username } }"


@pytest.fixture
def create(act, bob, project):  # noqa: F811
    def create(caller=bob, **more):
        return act(caller, "createSlice", {"projectId": str(project.pk), "name": "Hard", **more}, FIELDS)

    return create


def test_a_rule_follows_the_data(create, rows_of, gql, bob, project, dataset):
    seven = make_category(project, "7")
    rule = {"filters": [{"field": "label", "only": [str(seven.pk)]}]}
    made = create(rule=rule, description="Sevens")["slice"]
    assert made == {
        "id": made["id"],
        "name": "Hard",
        "description": "Sevens",
        "isFrozen": False,
        "rule": {"version": 1, **rule},
        "datapointCount": 2,
        "notes": [],
        "version": 1,
        "createdBy": {"username": "bob"},
    }
    dataset.datapoints.filter(row=5).update(category=seven)
    Dataset.objects.update(label_version=1)
    assert rows_of(bob, made["id"]) == {str(dataset.pk): [0, 1, 5]}
    assert gql(bob, f'{{ slice(id: "{made["id"]}") {{ datapointCount }} }}')["data"]["slice"]["datapointCount"] == 3


def test_a_selection_is_frozen(create, rows_of, selected, bob, dataset):  # noqa: F811
    made = create(selectionId=selected(bob, dataset, [1, 3]))["slice"]
    assert (made["isFrozen"], made["rule"], made["datapointCount"]) == (True, None, 2)
    assert rows_of(bob, made["id"]) == {str(dataset.pk): [1, 3]}
    assert AuditEntry.objects.latest("pk").after == {"frozen": True, "count": 2}
    assert Change.objects.latest("seq").target_type == "slice"


def test_keys_come_with_their_dataset(create, client_for, selected, bob, dataset):  # noqa: F811
    made = create(selectionId=selected(bob, dataset, [3, 1]))["slice"]
    answer = client_for(bob).get(f"/bulk/v1/slices/{made['id']}/keys")
    table = pa.ipc.open_stream(b"".join(answer.streaming_content)).read_all()
    assert table.to_pydict() == {"dataset": ["train", "train"], "key": ["k1", "k3"]}
    again = client_for(bob).get(f"/bulk/v1/slices/{made['id']}/keys", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    dataset.datapoints.filter(row=1).delete()
