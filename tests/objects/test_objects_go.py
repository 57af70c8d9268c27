"""What hangs on an object goes with it, and objects go with what they hang on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from apps.curation.garbage import collect_garbage
from apps.datasets.models import Comment, Datapoint, Dataset, LabelChange, Resource, Segment, TagMembership
from apps.jobs.models import Lane
from apps.jobs.runner import run_next
from apps.lineage import found_objects
from apps.lineage.models import InferenceSet, TrainedModel
from apps.projects.models import Change
from tests.logging.upload import Uploader, dense, read_arrow
from tests.objects.conftest import try_objects, vectors

pytestmark = pytest.mark.django_db(transaction=True)

BOXES = [(0, 0, 0.5, 0.5), (0.5, 0.5, 0.5, 0.5)]


@pytest.fixture
def select(client_for, bob, dataset):
    """select(rows) -> the id of Bob's selection of datapoints with these keys."""

    def post(keys):
        body = {"keys": {str(dataset.pk): keys}}
        url = f"/bulk/v1/projects/{dataset.project_id}/selections"
        return client_for(bob).post(url, body, content_type="application/json").json()["id"]

    return post


@pytest.fixture
def mutate(gql, bob):
    """mutate(name, input, selection of fields) as Bob."""

    def act(action, /, caller=None, fields="", **given):
        kind = action[0].upper() + action[1:]
        query = f"mutation ($input: {kind}Input!) {{ {action}(input: $input) {{ {fields} errors {{ message }} }} }}"
        told = gql(caller or bob, query, {"input": given})["data"][action]
        assert told["errors"] == []
        return told

    return act


def test_a_removed_object_leaves_nothing_behind(images, log_objects, uploader, dataset, select, mutate, gql, vera):
    everything = {"key": ["one", "two"], "label": ["a", "b"], "embedding": vectors(2), "metadata:size": [1.0, 2.0]}
    log_objects(["img0", "img0"], BOXES, **everything)
    mutate("tagSelection", selectionId=select(["one", "two", "img0"]), name="check")
    mutate("setLabel", selectionId=select(["one"]), categoryName="c")
    mutate("addComment", datapointId=f"{dataset.pk}:3", text="odd")
    seq = Change.objects.order_by("-seq").first().seq
    assert (
        log_objects(["img0"], [BOXES[1]], **{name: values[1:] for name, values in everything.items()})["removed"] == 1
    )
    assert (Comment.objects.count(), LabelChange.objects.count()) == (0, 0)
    assert TagMembership.objects.get().datapoint_count == 2
    client = uploader.client
    field = dataset.metadata_fields.get()
    assert dense(client, dataset, f"metadata:{field.pk}") == [None] * 4 + [2]
    tag = TagMembership.objects.get().tag
    assert dense(client, dataset, f"tag:{tag.pk}") == [1, 0, 0, None, 1]
    for name in ("key", "label", "role", "parent", "source", "region"):
        assert dense(client, dataset, name)[3] is None
    embedding_set = dataset.embedding_sets.get()
    table = read_arrow(client.get(f"/bulk/v1/embedding-sets/{embedding_set.pk}/vectors"))
    assert (table["key"].to_pylist(), embedding_set.embedding_count) == (["two"], 1)
    told = gql(vera, """{ tags { edges { node { datapointCount } } } }""")["data"]["tags"]["edges"]
    assert told == [{"node": {"datapointCount": 2}}]
    assert (
        gql(vera, f'{{ datapoint(id: "{dataset.pk}:3") {{ key }} }}')["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    )
    news = set(Change.objects.filter(seq__gt=seq).values_list("kind", "target_type"))
    assert {("tagged", "tag"), ("logged", "dataset")} <= news


def test_a_box_that_comes_back_is_a_new_datapoint(images, log_objects, dataset):
    log_objects(["img0"], [BOXES[0]], label=["a"])
    key = Datapoint.objects.get(role="object").key
    log_objects(["img0"], [None])
    log_objects(["img0"], [BOXES[0]])
    again = Datapoint.objects.get(role="object")
    assert (again.key, again.row, again.category) == (key, 4, None)


def test_a_selection_forgets_what_is_gone(images, log_objects, select, mutate):
    log_objects(["img0", "img0"], BOXES, key=["one", "two"])
    selection = select(["one", "two"])
    log_objects(["img0"], [BOXES[1]], key=["two"])
    assert mutate("tagSelection", selectionId=selection, name="check", fields="changedCount")["changedCount"] == 1


@pytest.mark.parametrize("most", [20_000, 1], ids=["at once", "by a job"])
@pytest.mark.parametrize("noun", ["TrainedModel", "ModelArchitecture"])
def test_what_a_model_found_goes_with_the_model(images, log_objects, dataset, mutate, alice, monkeypatch, most, noun):
    monkeypatch.setattr(found_objects, "MOST_AT_ONCE", most)
    log_objects(["img0"], [BOXES[0]], label=["a"])
    log_objects(["img0", "img1"], BOXES, source="model", model="detector", inference=["a", "b"], embedding=vectors(2))
    model = TrainedModel.objects.get(model_architecture__name="detector")
    row = model if noun == "TrainedModel" else model.model_architecture
    mutate(f"delete{noun}", caller=alice, id=str(row.pk))
    while run_next(Lane.LIGHT):
        pass
    dataset.refresh_from_db()
    assert (dataset.datapoint_count, dataset.object_count) == (3, 1)
    assert list(Datapoint.objects.filter(role="object").values_list("source", flat=True)) == [""]
    assert (InferenceSet.objects.count(), dataset.embedding_sets.count()) == (0, 0)


def test_a_dataset_takes_its_objects_along(images, log_objects, dataset, mutate, alice):
    log_objects(["img0", "img1"], BOXES, label=["a", "b"], embedding=vectors(2))
    mutate("deleteDataset", caller=alice, id=str(dataset.pk), confirmName="blood")
    while run_next(Lane.LIGHT):
        pass
    assert (Dataset.objects.count(), Datapoint.objects.count(), Resource.objects.count()) == (0, 0, 0)


def test_garbage_is_only_what_nothing_names(images, log_objects, uploader, dataset):
    log_objects(["img0", "img1"], BOXES, embedding=vectors(2))
    log_objects(["img0"], [None])
    segments, resources = Segment.objects.count(), Resource.objects.count()
    collect_garbage()
    assert (Segment.objects.count(), Resource.objects.count()) == (segments, resources)
    assert len([box for box in dense(uploader.client, dataset, "region") if box]) == 1


def test_two_who_log_the_objects_of_one_image_take_turns(images, dataset, bob, alice, client_for):
    def log(user, start):
        try:
            boxes = [(start + n / 100, 0, 0.01, 1) for n in range(20)]
            return try_objects(Uploader(client_for(user), dataset), ["img0"] * 20, boxes, label=["a"] * 20).json()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        reports = [each["report"] for each in pool.map(log, [bob, alice], [0.0, 0.5])]
    assert sorted(each["removed"] for each in reports) == [0, 20]
    dataset.refresh_from_db()
    assert (dataset.object_count, Datapoint.objects.filter(role="object").count()) == (20, 20)
    assert TrainedModel.objects.count() == 0
