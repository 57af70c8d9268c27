from __future__ import annotations

import pyarrow as pa
import pytest

from apps.datasets import bitmaps
from apps.datasets.models import Dataset, Slice, SliceRows
from apps.projects.models import AuditEntry, Change
from tests.data import make_category, make_dataset, make_trained_model

FIELDS = "slice { id name description isFrozen rule datapointCount notes version createdBy { username } }"
EVERYTHING = {"filters": []}


@pytest.fixture
def create(act, bob, project):
    """create(caller=bob, **input) -> the payload of createSlice; the slice is called Hard unless said otherwise."""

    def create(caller=bob, **input):
        return act(caller, "createSlice", {"projectId": str(project.pk), "name": "Hard", **input}, FIELDS)

    return create


def codes(answer):
    return [(error["code"], error["field"]) for error in answer["errors"]]


def kept():
    return list(Slice.objects.values()), list(SliceRows.objects.values()), AuditEntry.objects.count()


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


def test_a_selection_is_frozen(create, rows_of, selected, bob, dataset):
    made = create(selectionId=selected(bob, dataset, [1, 3]))["slice"]
    assert (made["isFrozen"], made["rule"], made["datapointCount"]) == (True, None, 2)
    assert rows_of(bob, made["id"]) == {str(dataset.pk): [1, 3]}
    assert AuditEntry.objects.latest("pk").after == {"frozen": True, "count": 2}
    assert Change.objects.latest("seq").target_type == "slice"


def test_frozen_datapoints_that_are_deleted_are_counted_no_more(create, rows_of, selected, gql, bob, dataset):
    made = create(selectionId=selected(bob, dataset, [1, 3]))["slice"]
    Dataset.objects.update(alive=bitmaps.dump(bitmaps.BitMap([0, 1, 2])))
    assert rows_of(bob, made["id"]) == {str(dataset.pk): [1]}
    assert gql(bob, f'{{ slice(id: "{made["id"]}") {{ datapointCount }} }}')["data"]["slice"]["datapointCount"] == 1


def test_keys_come_with_their_dataset(create, client_for, selected, bob, dataset):
    made = create(selectionId=selected(bob, dataset, [3, 1]))["slice"]
    answer = client_for(bob).get(f"/bulk/v1/slices/{made['id']}/keys")
    table = pa.ipc.open_stream(b"".join(answer.streaming_content)).read_all()
    assert table.to_pydict() == {"dataset": ["train", "train"], "key": ["k1", "k3"]}


@pytest.mark.parametrize("part", ["rows", "keys"])
def test_what_a_browser_has_is_not_sent_again_until_it_changes(create, client_for, bob, project, dataset, part):
    seven = make_category(project, "7")
    made = create(rule={"filters": [{"field": "label", "only": [str(seven.pk)]}]})["slice"]

    def ask(etag=""):
        return client_for(bob).get(f"/bulk/v1/slices/{made['id']}/{part}", headers={"If-None-Match": etag})

    first = ask()
    assert ask(first["ETag"]).status_code == 304
    dataset.datapoints.filter(row=5).update(category=seven)
    Dataset.objects.update(label_version=1)
    assert ask(first["ETag"]).status_code == 200


def test_a_slice_is_renamed_described_replaced_frozen_and_deleted(act, create, rows_of, selected, bob, dataset):
    id = create(rule=EVERYTHING)["slice"]["id"]
    done = [
        act(bob, "renameSlice", {"id": id, "name": "Odd"}, FIELDS)["slice"],
        act(bob, "updateSlice", {"id": id, "description": "Look"}, FIELDS)["slice"],
        act(bob, "freezeSlice", {"id": id}, FIELDS)["slice"],
        act(bob, "updateSlice", {"id": id, "selectionId": selected(bob, dataset, [4])}, FIELDS)["slice"],
        act(bob, "updateSlice", {"id": id, "rule": {"datasets": []}}, FIELDS)["slice"],
    ]
    told = [(each["name"], each["description"], each["isFrozen"], each["datapointCount"]) for each in done]
    assert told == [
        ("Odd", "", False, 6),
        ("Odd", "Look", False, 6),
        ("Odd", "Look", True, 6),
        ("Odd", "Look", True, 1),
        ("Odd", "Look", False, 0),
    ]
    assert [each["version"] for each in done] == [2, 3, 4, 5, 6]
    assert not SliceRows.objects.exists()
    assert act(bob, "deleteSlice", {"id": id}, "deletedId")["deletedId"] == id
    assert not Slice.objects.exists()
    actions = AuditEntry.objects.filter(target_type="slice").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["created", "renamed", "updated", "frozen", "updated", "updated", "deleted"]
    news = Change.objects.filter(target_type="slice").order_by("seq").values_list("kind", "version")
    assert list(news)[:3] == [("created", 1), ("renamed", 2), ("updated", 3)]


def test_a_slice_is_selected_again(create, client_for, rows_of, bob, vera, project, dataset):
    id = create(rule={"filters": [{"field": "metadata:day", "range": [3, None]}]})["slice"]["id"]
    answer = client_for(vera).post(
        f"/bulk/v1/projects/{project.pk}/selections", {"slice": id}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["datapoint_count"]) == (201, 2)
    assert rows_of(bob, answer.json()["id"], "selections") == {str(dataset.pk): [3, 4]}


def test_slices_are_searched_by_name(create, gql, vera, project, dataset):
    for name in ("Odd ones", "Hard", "odd twos"):
        create(name=name, rule=EVERYTHING)
    query = f'{{ slices(projectId: "{project.pk}", search: "ODD") {{ edges {{ node {{ name }} }} }} }}'
    edges = gql(vera, query)["data"]["slices"]["edges"]
    assert [edge["node"]["name"] for edge in edges] == ["Odd ones", "odd twos"]


def test_what_is_no_slice_is_refused(create, selected, bob, dataset):
    before = kept()
    for input, error in (
        ({}, ("BAD_USER_INPUT", "selectionId")),
        ({"rule": EVERYTHING, "selectionId": selected(bob, dataset, [1])}, ("BAD_USER_INPUT", "selectionId")),
        ({"rule": {"filters": [{"field": "size"}]}}, ("BAD_USER_INPUT", "rule.filters[0].field")),
        ({"rule": EVERYTHING, "name": " "}, ("BAD_USER_INPUT", "name")),
        ({"rule": EVERYTHING, "description": "x" * 2001}, ("BAD_USER_INPUT", "description")),
        ({"selectionId": "00000000-0000-4000-8000-000000000000"}, ("NOT_FOUND", None)),
        ({"selectionId": "x"}, ("NOT_FOUND", None)),
    ):
        assert codes(create(**input)) == [error]
    assert kept() == before


def test_a_name_is_given_once(act, create, bob):
    create(rule=EVERYTHING)
    other = create(name="Other", rule=EVERYTHING)["slice"]["id"]
    before = kept()
    assert codes(create(rule=EVERYTHING)) == [("CONFLICT", "name")]
    assert codes(act(bob, "renameSlice", {"id": other, "name": "Hard"}, FIELDS)) == [("CONFLICT", "name")]
    assert kept() == before


@pytest.mark.parametrize(("who", "code"), [("vera", "FORBIDDEN"), ("charlie", "NOT_FOUND")])
def test_who_may_not_edit_changes_nothing(act, create, request, project, who, code):
    caller = request.getfixturevalue(who)
    id = create(rule=EVERYTHING)["slice"]["id"]
    before = kept()
    answers = [
        create(caller, name="Mine", rule=EVERYTHING),
        act(caller, "updateSlice", {"id": id, "description": "x"}, FIELDS),
        act(caller, "renameSlice", {"id": id, "name": "x"}, FIELDS),
        act(caller, "freezeSlice", {"id": id}, FIELDS),
        act(caller, "deleteSlice", {"id": id}, "deletedId"),
    ]
    assert {error["code"] for answer in answers for error in answer["errors"]} == {code}
    assert kept() == before


def test_a_selection_or_slice_of_another_project_is_not_found(act, create, selected, client_for, bob, charlie, project):
    elsewhere = charlie.memberships.get().project
    theirs = make_dataset(elsewhere, "theirs", count=2)
    selection = selected(charlie, theirs, [0])
    foreign = Slice.objects.create(project=elsewhere, name="Theirs", rule=EVERYTHING)
    assert codes(create(selectionId=selection)) == [("NOT_FOUND", None)]
    body = {"slice": str(foreign.pk)}
    for caller, place in ((bob, project), (charlie, project), (bob, elsewhere)):
        answer = client_for(caller).post(
            f"/bulk/v1/projects/{place.pk}/selections", body, content_type="application/json"
        )
        assert answer.status_code == 404


def test_a_model_says_on_which_slice_it_was_trained(act, create, gql, bob, charlie, project):
    id = create(rule=EVERYTHING)["slice"]["id"]
    model = make_trained_model(project)
    fields = "trainedModel { trainedOnSlice { name } trainedOnDataset { name } }"
    answer = act(bob, "updateTrainedModel", {"id": str(model.pk), "trainedOnSliceId": id}, fields)
    assert answer["trainedModel"] == {"trainedOnSlice": {"name": "Hard"}, "trainedOnDataset": None}
    asked = f'{{ slice(id: "{id}") {{ trainedModels {{ version modelArchitecture {{ name }} }} }} }}'
    assert gql(bob, asked)["data"]["slice"]["trainedModels"] == [{"version": "1", "modelArchitecture": {"name": "cnn"}}]
    foreign = Slice.objects.create(project=charlie.memberships.get().project, name="Theirs", rule=EVERYTHING)
    refused = act(bob, "updateTrainedModel", {"id": str(model.pk), "trainedOnSliceId": str(foreign.pk)}, fields)
    assert codes(refused) == [("NOT_FOUND", None)]
    act(bob, "deleteSlice", {"id": id}, "deletedId")
    model.refresh_from_db()
    assert model.trained_on_slice is None
