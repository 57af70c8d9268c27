"""Every noun is listed for members, by project, with real pages; strangers see empty lists."""

from __future__ import annotations

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.datasets.models import Comment, LabelChange, Slice, Tag
from tests.data import make_dataset, make_embedding_set, make_inference_set

SETS = "embeddingSets { totalCount edges { node { id } } }"
LAYER_SETS = "layerSets { totalCount edges { node { id } } }"
BY_PROJECT = [
    ("datasets", "dataset", f"id project {{ id }} {SETS} {SETS.replace('embedding', 'inference')}"),
    ("categories", "category", "id name colour"),
    ("tags", "tag", "id name datapointCount memberships { dataset { name } }"),
    ("slices", "slice", "id name isFrozen datapointCount createdAt"),
    ("resources", "resource", "id kind text mediaType size url thumbnailUrl"),
    ("modelArchitectures", "modelArchitecture", "id name trainedModels { edges { node { version } } }"),
    ("trainedModels", "trainedModel", f"id version trainedOnDataset {{ name }} trainedOnSlice {{ name }} {LAYER_SETS}"),
    ("layerSets", "layerSet", "id name trainedModel { version } layers { edges { node { name } } }"),
    ("layers", "layer", "id name layerSet { name } embeddingSets { totalCount edges { node { id } } }"),
    ("inferenceSets", "inferenceSet", "id dataset { name } trainedModel { modelArchitecture { name } } inferenceCount"),
    ("embeddingSets", "embeddingSet", "id dimension dtype version embeddingCount dataset { name } layer { name }"),
]  # fmt: skip
BY_DATAPOINT = [
    ("labelChanges", "labelChange", "id toCategory { name } by { username } isLogged action why at"),
    ("comments", "comment", "id text author { username } at"),
]


@pytest.fixture
def full(project, alice, dataset):
    """A project with some of everything."""
    for number in range(3):
        other = make_dataset(project, f"more {number}", count=3)
        make_inference_set(other, ["7", "1"], version=str(number))
        make_embedding_set(other, np.eye(3), layer=f"fc{number}")
        Tag.objects.create(project=project, name=f"tag {number}")
        Slice.objects.create(project=project, name=f"slice {number}", rule={} if number else None)
        first = dataset.datapoints.get(row=0)
        Comment.objects.create(datapoint=first, author=alice, text=f"comment {number}")
        LabelChange.objects.create(datapoint=first, to_category=first.category, by=alice, action=dataset.pk)
    return project


def listed(gql, caller, many, fields, arguments=""):
    answer = gql(caller, f"{{ {many}{arguments} {{ totalCount edges {{ node {{ {fields} }} }} }} }}")
    assert "errors" not in answer, answer["errors"]
    nodes = [edge["node"] for edge in answer["data"][many]["edges"]]
    assert answer["data"][many]["totalCount"] == len(nodes)
    return nodes


@pytest.mark.parametrize(("many", "one", "fields"), [*BY_PROJECT, *BY_DATAPOINT])
def test_members_list_and_read_it_and_strangers_do_not(gql, vera, charlie, full, many, one, fields):
    nodes = listed(gql, vera, many, fields)
    assert nodes
    assert listed(gql, charlie, many, fields) == []
    read = f"query ($id: ID!) {{ {one}(id: $id) {{ {fields} }} }}"
    for node in nodes:
        assert gql(vera, read, {"id": node["id"]})["data"][one] == node
    refusals = [gql(charlie, read, {"id": id})["errors"][0] for id in (nodes[0]["id"], "999999", "rubbish", "")]
    assert {refusal["extensions"]["code"] for refusal in refusals} == {"NOT_FOUND"}
    assert len({refusal["message"] for refusal in refusals}) == 1


@pytest.mark.parametrize(("many", "one", "fields"), BY_PROJECT)
def test_lists_are_cut_by_project(gql, vera, charlie, full, many, one, fields):
    elsewhere = charlie.memberships.get().project
    assert len(listed(gql, vera, many, fields, f'(projectId: "{full.pk}")')) == len(listed(gql, vera, many, fields))
    assert listed(gql, vera, many, fields, f'(projectId: "{elsewhere.pk}")') == []
    assert listed(gql, vera, many, fields, '(projectId: "rubbish")') == []


@pytest.mark.parametrize(("many", "one", "fields"), BY_DATAPOINT)
def test_lists_are_cut_by_datapoint(gql, vera, full, dataset, many, one, fields):
    assert len(listed(gql, vera, many, fields, f'(datapointId: "{dataset.pk}:0")')) == 3
    assert listed(gql, vera, many, fields, f'(datapointId: "{dataset.pk}:1")') == []


@pytest.mark.parametrize(("many", "one", "fields"), [*BY_PROJECT, *BY_DATAPOINT])
def test_more_rows_cost_no_more_queries(gql, vera, full, many, one, fields):
    def queries(first):
        with CaptureQueriesContext(connection) as captured:
            gql(vera, f"{{ {many}(first: {first}) {{ edges {{ node {{ {fields} }} }} }} }}")
        return len(captured)

    assert queries(2) == queries(100)


@pytest.mark.parametrize("many", ["inferenceSets", "embeddingSets"])
def test_sets_are_cut_by_dataset(gql, vera, full, many):
    dataset = full.datasets.get(name="more 1")
    [node] = listed(gql, vera, many, "dataset { name }", f'(datasetId: "{dataset.pk}")')
    assert node == {"dataset": {"name": "more 1"}}


@pytest.mark.parametrize(("many", "found"), [("datasets", "more 1"), ("tags", "tag 1")])
def test_lists_are_searched_by_name_whatever_its_case(gql, vera, full, many, found):
    project = f'projectId: "{full.pk}"'
    assert listed(gql, vera, many, "name", f'({project}, search: "{found.upper()} ")') == [{"name": found}]
    assert listed(gql, vera, many, "name", f'({project}, search: "nothing\\u0000")') == []
    assert len(listed(gql, vera, many, "name", f'({project}, search: "")')) >= 3
