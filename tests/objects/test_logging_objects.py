from __future__ import annotations

import pytest

from apps.datasets.models import Datapoint, Dataset, LabelChange
from tests.logging.upload import dense
from tests.objects.conftest import pairs, vectors

HALVES = [(0, 0, 0.5, 1), (0.5, 0, 0.5, 1)]


def test_objects_lie_in_their_parents_and_are_counted_apart(images, log_objects, dataset, uploader):
    report = log_objects(["img0", "img0", "img2"], [*HALVES, (0.1, 0.2, 0.3, 0.4)], label=["a", "b", "a"])
    assert report == {"added": 3, "updated": 0, "unchanged": 0, "removed": 0}
    dataset.refresh_from_db()
    assert (dataset.datapoint_count, dataset.object_count, dataset.next_row) == (3, 3, 6)
    assert dense(uploader.client, dataset, "role") == [0, 0, 0, 1, 1, 1]
    assert dense(uploader.client, dataset, "parent") == [None] * 3 + [0, 0, 2]
    assert dense(uploader.client, dataset, "source") == [None] * 3 + ["ground_truth"] * 3
    assert dense(uploader.client, dataset, "region")[3:5] == [[0, 0, 0.5, 1], [0.5, 0, 0.5, 1]]
    assert dense(uploader.client, dataset, "region")[5] == pytest.approx([0.1, 0.2, 0.3, 0.4])


@pytest.mark.parametrize(
    ("box_format", "box"),
    [
        ("xywh", (20, 20, 60, 40)),
        ("xyxy", (20, 20, 80, 60)),
        ("xywhn", (0.1, 0.2, 0.3, 0.4)),
        ("xyxyn", (0.1, 0.2, 0.4, 0.6)),
    ],
)
def test_every_box_format_names_the_same_object(images, log_objects, objects_of, box_format, box):
    log_objects(["img0"], [(0.1, 0.2, 0.3, 0.4)])
    assert log_objects(["img0"], [box], box_format=box_format)["unchanged"] == 1
    assert list(objects_of("img0")) == [(0.1, 0.2, 0.3, 0.4)]


def test_pixels_count_in_the_image_size_that_is_given(uploader, log_objects, objects_of):
    uploader.log({"key": ["text"], "text": ["no image"]})
    log_objects(["text"], [(10, 10, 20, 20)], box_format="xywh", image_size=pairs([(100, 50)]))
    assert list(objects_of("text")) == [(0.1, 0.2, 0.2, 0.4)]


def test_the_same_objects_again_change_nothing(images, log_objects, dataset):
    logged = {"label": ["a", "b"], "embedding": vectors(2), "metadata:size": [1.5, 2.5]}
    log_objects(["img0", "img1"], HALVES, **logged)
    dataset.refresh_from_db()
    version = dataset.version
    again = log_objects(["img1", "img0"], HALVES[::-1], **{name: values[::-1] for name, values in logged.items()})
    assert again == {"added": 0, "updated": 0, "unchanged": 2, "removed": 0}
    dataset.refresh_from_db()
    assert dataset.version == version


def test_boxes_that_are_equal_are_objects_of_their_own(images, log_objects, objects_of, dataset):
    assert log_objects(["img0"] * 3, [HALVES[0]] * 3)["added"] == 3
    assert log_objects(["img0"] * 2, [HALVES[0]] * 2) == {"added": 0, "updated": 0, "unchanged": 2, "removed": 1}
    assert Datapoint.objects.filter(parent__key="img0").count() == 2


def test_what_a_model_found_stands_beside_the_ground_truth(images, log_objects, objects_of, gql, vera):
    log_objects(["img0"], [HALVES[0]], label=["a"])
    found = {"source": "model", "model": "detector", "version": "2", "inference": ["b"], "confidence": [0.75]}
    assert log_objects(["img0"], [HALVES[0]], **found)["added"] == 1
    assert log_objects(["img0"], [HALVES[0]], **found)["unchanged"] == 1
    inside = gql(vera, INSIDE)["data"]["datapoints"]["edges"][0]["node"]["objects"]["edges"]
    [truth, guess] = [edge["node"] for edge in inside]
    assert (truth["label"], truth["sourceModel"], truth["inferences"]) == ({"name": "a"}, None, [])
    assert guess["sourceModel"] == {"version": "2", "modelArchitecture": {"name": "detector"}}
    assert (guess["label"], guess["inferences"]) == (None, [{"category": {"name": "b"}, "confidence": 0.75}])


INSIDE = """{ datapoints(first: 1) { edges { node { key objects(first: 10) { edges { node { label { name }
    sourceModel { version modelArchitecture { name } } inferences { category { name } confidence } } } } } } } }"""


def test_what_is_not_named_any_more_goes_with_all_that_is_known_of_it(
    images, log_objects, objects_of, dataset, uploader
):
    log_objects(["img0", "img0", "img1"], [*HALVES, HALVES[0]], label=["a", "b", "c"], embedding=vectors(3))
    report = log_objects(["img0", "img0"], [HALVES[1], (0, 0, 0.1, 0.1)], label=["b", "d"], embedding=vectors(3)[1:])
    assert report == {"added": 1, "updated": 0, "unchanged": 1, "removed": 1}
    assert set(objects_of("img0")) == {HALVES[1], (0, 0, 0.1, 0.1)}
    assert set(objects_of("img1")) == {HALVES[0]}
    dataset.refresh_from_db()
    assert (dataset.datapoint_count, dataset.object_count) == (3, 3)
    assert dense(uploader.client, dataset, "parent") == [None, None, None, None, 0, 1, 0]
    assert dataset.embedding_sets.get().embedding_count == 3


def test_sources_are_replaced_apart(images, log_objects, objects_of):
    log_objects(["img0"], [HALVES[0]])
    log_objects(["img0"], [HALVES[0]], source="model", inference=["a"])
    assert log_objects(["img0"], [HALVES[1]], source="model", inference=["a"])["removed"] == 1
    assert log_objects(["img0"], [HALVES[1]], source="model", version="2", inference=["a"])["removed"] == 0
    assert Datapoint.objects.filter(parent__key="img0").count() == 3
    assert list(objects_of("img0")) == [HALVES[0]]


def test_a_null_box_says_that_a_parent_has_none(images, log_objects, objects_of):
    log_objects(["img0", "img1"], HALVES)
    assert log_objects(["img0"], [None]) == {"added": 0, "updated": 0, "unchanged": 0, "removed": 1}
    assert (objects_of("img0"), len(objects_of("img1"))) == ({}, 1)
    assert log_objects(["img0", "img2"], [None, None], box_format="xyxy")["removed"] == 0
    assert log_objects(["img0", "img1"], [None, HALVES[1]]) == {"added": 0, "updated": 0, "unchanged": 1, "removed": 0}


def test_keys_of_ones_own_let_an_object_move(images, log_objects, dataset):
    log_objects(["img0"], [HALVES[0]], key=["cell 1"], label=["a"])
    assert log_objects(["img0"], [HALVES[1]], key=["cell 1"])["updated"] == 1
    [stored] = Datapoint.objects.filter(role="object")
    assert (stored.region, stored.row, stored.category.name) == ([0.5, 0, 0.5, 1], 3, "a")


def test_a_correction_outlives_the_same_log_but_not_its_object(images, log_objects, client_for, gql, bob, dataset):
    log_objects(["img0"], [HALVES[0]], label=["a"])
    selection = client_for(bob).post(
        f"/bulk/v1/projects/{dataset.project_id}/selections",
        {"keys": {str(dataset.pk): [Datapoint.objects.get(role="object").key]}},
        content_type="application/json",
    )
    set_label = "mutation ($input: SetLabelInput!) { setLabel(input: $input) { changedCount errors { message } } }"
    gql(bob, set_label, {"input": {"selectionId": selection.json()["id"], "categoryName": "b"}})
    assert log_objects(["img0"], [HALVES[0]], label=["a"])["unchanged"] == 1
    assert Datapoint.objects.get(role="object").category.name == "b"
    log_objects(["img0"], [None])
    assert (LabelChange.objects.count(), Dataset.objects.get(pk=dataset.pk).object_count) == (0, 0)


def test_objects_stand_for_what_their_parent_stands_for_now(images, log_objects, uploader):
    log_objects(["img0", "img1"], HALVES)
    uploader.log({"key": ["img0"], "text": ["another resource"]})
    resources = dict(Datapoint.objects.filter(role="object").values_list("parent__key", "resource__kind"))
    assert resources == {"img0": "text", "img1": "file"}
