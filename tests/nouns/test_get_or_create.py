"""Programs that start at the same moment and name the same thing get one and the same."""

from __future__ import annotations

import pytest

from apps.datasets.models import Category, Dataset, Tag
from apps.lineage.models import ModelArchitecture, TrainedModel
from apps.projects.models import Project
from tests.cast import post_graphql
from tests.curation.test_editing_at_once import at_once

AT_ONCE = 4
NOUNS = [
    ("getOrCreateDataset", Dataset, "dataset"),
    ("getOrCreateTag", Tag, "tag"),
    ("getOrCreateCategory", Category, "category"),
    ("getOrCreateModelArchitecture", ModelArchitecture, "modelArchitecture"),
]


def get_or_create(caller, mutation, input, noun):
    kind = f"{mutation[0].upper()}{mutation[1:]}Input"
    fields = f"{noun} {{ id }} created errors {{ code message }}"
    query = f"mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ {fields} }} }}"
    return post_graphql(caller, query, {"input": input})["data"][mutation]


def one_for_all(found, noun):
    assert [each["errors"] for each in found] == [[]] * AT_ONCE
    assert sorted(each["created"] for each in found) == [False] * (AT_ONCE - 1) + [True]
    [id] = {each[noun]["id"] for each in found}
    return id


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one(bob, project):
    for mutation, model, noun in NOUNS:
        input = {"projectId": str(project.pk), "name": "same"}
        found = at_once(*[lambda: get_or_create(bob, mutation, input, noun)] * AT_ONCE)  # noqa: B023
        id = one_for_all(found, noun)
        assert model.objects.filter(name="same").count() == 1
    input = {"modelArchitectureId": id, "version": "same"}
    one_for_all(
        at_once(*[lambda: get_or_create(bob, "getOrCreateTrainedModel", input, "trainedModel")] * AT_ONCE),
        "trainedModel",
    )
    assert TrainedModel.objects.count() == 1
    input = {"name": "same"}
    one_for_all(at_once(*[lambda: get_or_create(bob, "getOrCreateProject", input, "project")] * AT_ONCE), "project")
    assert Project.objects.filter(namespace="bob").count() == 1


def test_a_viewer_gets_what_is_there_and_makes_nothing(vera, bob, project):
    for mutation, model, noun in NOUNS:
        input = {"projectId": str(project.pk), "name": "there"}
        assert [error["code"] for error in get_or_create(vera, mutation, input, noun)["errors"]] == ["FORBIDDEN"]
        assert not model.objects.filter(name="there").exists()
        made = get_or_create(bob, mutation, input, noun)
        assert get_or_create(vera, mutation, input, noun) == {**made, "created": False}
