from __future__ import annotations

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.datasets import bitmaps, datapoint_facts
from apps.datasets.models import Comment, LabelChange, Tag, TagMembership
from apps.lineage import inferences
from tests.data import make_dataset
from tests.logging.upload import Uploader

EVERYTHING = """
query ($dataset: ID, $first: Int) {
  datapoints(datasetId: $dataset, first: $first) {
    totalCount
    edges { node {
      id row key role source region
      dataset { id name }
      parent { id }
      resource { id kind text url thumbnailUrl }
      label { id name colour } loggedLabel { name }
      inferences {
        inferenceSet { id trainedModel { version modelArchitecture { name } } }
        category { name } confidence probabilities { value }
      }
      metadata { name value }
      tags { name datapointCount }
      embeddings { embeddingSet { id dimension layer { name } } }
      labelChanges(first: 3) { edges { node { fromCategory { name } toCategory { name } by { username } why } } }
      comments(first: 3) { edges { node { text author { username } } } }
    } }
  }
}
"""


def nodes(answer, field="datapoints"):
    assert "errors" not in answer, answer["errors"]
    return [edge["node"] for edge in answer["data"][field]["edges"]]


def test_a_datapoint_tells_all_that_is_known_of_it(gql, vera, alice, described):
    tag = Tag.objects.create(project=described.project, name="check")
    TagMembership.objects.create(
        tag=tag, dataset=described, rows=bitmaps.dump(bitmaps.load(described.alive)), datapoint_count=12
    )
    first = described.datapoints.get(row=0)
    Comment.objects.create(datapoint=first, author=alice, text="Blurred?")
    LabelChange.objects.create(datapoint=first, to_category=first.category, by=alice, why="Seen", action=described.pk)

    told = nodes(gql(vera, EVERYTHING, {"dataset": str(described.pk), "first": 3}))

    assert [each["key"] for each in told] == ["k0", "k1", "k2"]
    seven = told[0]
    assert seven["id"] == f"{described.pk}:0"
    assert (seven["label"]["name"], seven["loggedLabel"]["name"]) == ("7", "7")
    assert seven["resource"]["text"] == "Der Hund bellt."
    assert seven["resource"]["url"] is None
    [inference] = seven["inferences"]
    assert (inference["category"]["name"], inference["confidence"], inference["probabilities"]) == ("7", 0.5, None)
    assert inference["inferenceSet"]["trainedModel"] == {"version": "1", "modelArchitecture": {"name": "cnn"}}
    assert seven["metadata"] == [
        {"name": "is_clean", "value": True},
        {"name": "source", "value": "web"},
        {"name": "width", "value": 28},
    ]
    assert seven["tags"] == [{"name": "check", "datapointCount": 12}]
    assert seven["embeddings"][0]["embeddingSet"]["dimension"] == 5
    assert seven["comments"]["edges"][0]["node"] == {"text": "Blurred?", "author": {"username": "alice"}}
    assert seven["labelChanges"]["edges"][0]["node"]["toCategory"] == {"name": "7"}
    assert told[2]["metadata"] == []


def test_a_page_of_a_hundred_costs_no_more_queries_than_a_page_of_two(gql, vera, described):
    big = make_dataset(described.project, "big", count=100, labels=["7"] * 100)

    def queries(dataset, first):
        with CaptureQueriesContext(connection) as captured:
            nodes(gql(vera, EVERYTHING, {"dataset": str(dataset.pk), "first": first}))
        return len(captured)

    assert queries(described, 2) == queries(described, 12)
    assert queries(big, 2) == queries(big, 100)


def test_each_column_is_read_once_a_page_and_only_its_rows(gql, vera, described, monkeypatch):
    asked = []

    def watching(read):
        def read_rows(column, rows):
            asked.append((column.pk, rows.tolist()))
            return read(column, rows)

        return read_rows

    monkeypatch.setattr(datapoint_facts, "read_rows", watching(datapoint_facts.read_rows))
    monkeypatch.setattr(inferences, "read_rows", watching(inferences.read_rows))
    nodes(gql(vera, EVERYTHING, {"dataset": str(described.pk), "first": 4}))
    assert len(asked) == len({column for column, _ in asked}) == 5
    assert all(rows == [0, 1, 2, 3, 4] for _, rows in asked)  # the page, and one more to know whether there is a next


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        ("rows: [3, 1, 900]", ["k1", "k3"]),
        ('keys: ["k5", "k0", "nowhere"]', ["k0", "k5"]),
        ('rows: [1, 2], keys: ["k2", "k3"]', ["k2"]),
        ("rows: [-1]", []),
        ("last: 2", ["k10", "k11"]),
    ],
)
def test_datapoints_are_found_by_rows_and_keys(gql, vera, dataset, arguments, keys):
    answer = gql(vera, f'{{ datapoints(datasetId: "{dataset.pk}", {arguments}) {{ edges {{ node {{ key }} }} }} }}')
    assert [node["key"] for node in nodes(answer)] == keys


def test_pages_follow_each_other_by_cursor(gql, vera, dataset):
    page = """query ($id: ID!, $after: String) { dataset(id: $id) { datapoints(first: 5, after: $after) {
        totalCount pageInfo { hasNextPage endCursor } edges { node { row } } } } }"""
    seen, after, more = [], None, True
    while more:
        part = gql(vera, page, {"id": str(dataset.pk), "after": after})["data"]["dataset"]["datapoints"]
        assert part["totalCount"] == 12
        seen += [edge["node"]["row"] for edge in part["edges"]]
        after, more = part["pageInfo"]["endCursor"], part["pageInfo"]["hasNextPage"]
    assert seen == list(range(12))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("rows: [1]", "BAD_USER_INPUT"),
        ('keys: ["k1"]', "BAD_USER_INPUT"),
        (f'datasetId: "x", rows: {list(range(501))}', "LIMIT_EXCEEDED"),
        ("first: 501", "LIMIT_EXCEEDED"),
        ("first: -1", "BAD_USER_INPUT"),
        ('after: "rubbish"', "BAD_USER_INPUT"),
    ],
)
def test_wrong_arguments_are_refused_with_a_code(gql, vera, dataset, arguments, code):
    answer = gql(vera, f"{{ datapoints({arguments}) {{ totalCount }} }}")
    assert [error["extensions"]["code"] for error in answer["errors"]] == [code]


@pytest.mark.parametrize(
    "id", ["", "x", "1", ":", "{dataset}", "{dataset}:", "{dataset}:99", "{dataset}:-1", "{other}:0"]
)
def test_an_id_of_nothing_is_not_found(gql, vera, charlie, dataset, id):
    other = make_dataset(charlie.memberships.get().project, count=1)
    text = id.format(dataset=dataset.pk, other=other.pk)
    answer = gql(vera, "query ($id: ID!) { datapoint(id: $id) { key } }", {"id": text})
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["NOT_FOUND"]


def test_strangers_see_no_datapoint_by_any_path(gql, charlie, dataset):
    assert nodes(gql(charlie, "{ datapoints { edges { node { key } } } }")) == []
    assert nodes(gql(charlie, f'{{ datapoints(datasetId: "{dataset.pk}") {{ edges {{ node {{ key }} }} }} }}')) == []
    for field in (f'dataset(id: "{dataset.pk}") {{ name }}', f'datapoint(id: "{dataset.pk}:0") {{ key }}'):
        answer = gql(charlie, f"{{ {field} }}")
        assert [error["extensions"]["code"] for error in answer["errors"]] == ["NOT_FOUND"]


def test_a_page_with_more_probabilities_than_anybody_reads_is_refused(gql, vera, bob, dataset, client_for, monkeypatch):
    columns = {"key": ["k0", "k1"], "probabilities": np.array([[0.25, 0.75], [0.5, 0.5]], dtype=np.float32)}
    Uploader(client_for(bob), dataset).log(columns, classes=["1", "7"])
    monkeypatch.setattr(inferences, "MOST_PROBABILITIES", 3)
    query = """query ($id: ID!, $rows: [Int!]) { datapoints(datasetId: $id, rows: $rows) { edges { node {
        inferences { category { name } %s } } } } }"""
    probabilities = "probabilities { value }"
    refused = gql(vera, query % probabilities, {"id": str(dataset.pk), "rows": [0, 1]})
    assert {error["extensions"]["code"] for error in refused["errors"]} == {"LIMIT_EXCEEDED"}
    assert "errors" not in gql(vera, query % "", {"id": str(dataset.pk), "rows": [0, 1]})
    one = gql(vera, query % probabilities, {"id": str(dataset.pk), "rows": [0]})
    [edge] = one["data"]["datapoints"]["edges"]
    assert edge["node"]["inferences"][0]["probabilities"] == [{"value": 0.25}, {"value": 0.75}]
