"""Counts are right after every kind of change, and cheap."""

from __future__ import annotations

import base64

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pyroaring import BitMap

from apps.datasets.models import Category, Dataset
from tests.data import make_dataset, make_inference_set

COUNTS = """query ($id: ID!) { dataset(id: $id) {
    datapointCount labelledCount
    inferenceSets { edges { node { inferenceCount disagreementCount hasConfidence hasProbabilities version } } }
} }"""


@pytest.fixture
def counts(gql, vera, dataset):
    """counts() -> (labelled, [disagreements of each inference set])."""

    def ask():
        told = gql(vera, COUNTS, {"id": str(dataset.pk)})["data"]["dataset"]
        return told["labelledCount"], [edge["node"]["disagreementCount"] for edge in told["inferenceSets"]["edges"]]

    return ask


@pytest.fixture
def set_label(client_for, gql, bob):
    """set_label(dataset, rows, name) as Bob does it."""

    def act(dataset, rows, name):
        encoded = base64.b64encode(BitMap(rows).serialize()).decode()
        selection = client_for(bob).post(
            f"/bulk/v1/projects/{dataset.project_id}/selections",
            {"datasets": {str(dataset.pk): encoded}},
            content_type="application/json",
        )
        query = "mutation ($input: SetLabelInput!) { setLabel(input: $input) { errors { message } } }"
        gql(bob, query, {"input": {"selectionId": selection.json()["id"], "categoryName": name}})

    return act


def test_an_inference_set_tells_how_much_it_holds(gql, vera, described):
    told = gql(vera, COUNTS, {"id": str(described.pk)})["data"]["dataset"]
    assert told["inferenceSets"]["edges"][0]["node"] == {
        "inferenceCount": 4,
        "disagreementCount": 1,  # k1 is labelled 7 and inferred 1; k3 has no label
        "hasConfidence": True,
        "hasProbabilities": False,
        "version": 2,
    }
    assert (told["datapointCount"], told["labelledCount"]) == (12, 3)


def test_counts_follow_labels(counts, dataset, set_label):
    make_inference_set(dataset, ["7", "1", "1"])
    assert counts() == (3, [1])
    set_label(dataset, [1], "1")
    assert counts() == (3, [0])
    set_label(dataset, [0, 2], None)
    assert counts() == (1, [0])


def test_counts_follow_a_deleted_category(counts, gql, bob, dataset):
    make_inference_set(dataset, ["7", "1", "1"])
    assert counts() == (3, [1])
    seven = Category.objects.get(name="7")
    query = (
        "mutation ($input: DeleteCategoryInput!) { deleteCategory(input: $input) { job { id } errors { message } } }"
    )
    answer = gql(bob, query, {"input": {"id": str(seven.pk)}})["data"]["deleteCategory"]
    assert answer == {"job": None, "errors": []}
    assert counts() == (1, [0])
    dataset.refresh_from_db()
    assert dataset.label_version == 1


def test_counts_follow_new_inferences(counts, dataset):
    make_inference_set(dataset, ["7"], version="1")
    assert counts() == (3, [0])
    make_inference_set(dataset, ["1", "1", "7"], version="2")
    assert sorted(counts()[1]) == [0, 3]


def test_counts_of_many_datasets_cost_one_query_and_none_the_second_time(gql, vera, project, dataset):
    for number in range(5):
        make_dataset(project, f"more {number}", count=2, labels=["7"])
    query = f'{{ datasets(projectId: "{project.pk}") {{ edges {{ node {{ name labelledCount }} }} }} }}'

    def queries():
        with CaptureQueriesContext(connection) as captured:
            told = gql(vera, query)["data"]["datasets"]["edges"]
        assert [edge["node"]["labelledCount"] for edge in told] == [1, 1, 1, 1, 1, 3]
        return [each["sql"] for each in captured if "COUNT" in each["sql"]]

    assert len(queries()) == 1
    assert queries() == []
    Dataset.objects.update(label_version=7)
    assert len(queries()) == 1


def test_categories_tell_how_many_datapoints_they_label(gql, vera, dataset, set_label):
    make_dataset(dataset.project, "test", count=2, labels=["7", "3"])

    def told():
        query = "query ($id: ID!) { categories { edges { node { name labelCount } } } dataset(id: $id) { %s } }"
        data = gql(vera, query % "labelCounts { category { name } datapointCount }", {"id": str(dataset.pk)})["data"]
        everywhere = {edge["node"]["name"]: edge["node"]["labelCount"] for edge in data["categories"]["edges"]}
        return everywhere, [
            (each["category"]["name"], each["datapointCount"]) for each in data["dataset"]["labelCounts"]
        ]

    assert told() == ({"1": 1, "3": 1, "7": 3}, [("7", 2), ("1", 1)])
    set_label(dataset, [0, 5], "1")
    assert told() == ({"1": 3, "3": 1, "7": 2}, [("1", 3), ("7", 1)])
