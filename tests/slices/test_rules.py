from __future__ import annotations

import pytest

from apps.lineage.models import TrainedModel
from tests.data import make_category, make_dataset, make_objects


@pytest.fixture
def ids(project, dataset, tag):
    return {
        "seven": str(make_category(project, "7").pk),
        "one": str(make_category(project, "1").pk),
        "model": str(TrainedModel.objects.get().pk),
        "tag": str(tag.pk),
        "dataset": str(dataset.pk),
    }


def only(field, *values):
    return {"field": field, "only": list(values)}


def without(field, *values):
    return {"field": field, "without": list(values)}


CASES = [
    (only("label", "{seven}"), [0, 1]),
    (only("label", "{seven}", "none"), [0, 1, 4, 5]),
    (without("label", "{seven}"), [2, 3, 4, 5]),
    (without("label", "{seven}", "none"), [2, 3]),
    (only("inference:{model}", "{seven}"), [0, 4]),
    (only("inference:{model}", "none"), [2, 5]),
    (only("agreement:{model}", "agree"), [0, 3]),
    (only("agreement:{model}", "disagree"), [1]),
    (only("agreement:{model}", "no-label"), [4, 5]),
    (only("agreement:{model}", "no-inference"), [2]),
    ({"field": "confidence:{model}", "range": [0.5, None]}, [0, 3, 4]),
    ({"field": "confidence:{model}", "range": [0.55, 0.7], "missing": True}, [2, 4, 5]),
    (only("tag", "{tag}"), [1, 2]),
    (without("tag", "{tag}"), [0, 3, 4, 5]),
    (only("tag", "none"), [0, 3, 4, 5]),
    ({"field": "metadata:day", "range": [1, 3]}, [1, 2, 3]),
    ({"field": "metadata:day", "range": [None, 1], "missing": True}, [0, 1, 5]),
    (only("metadata:day", "2", "4.0"), [2, 4]),
    (only("metadata:city", "Bern"), [0, 2]),
    (only("metadata:city", "none"), [3, 4, 5]),
    (without("metadata:city", "Bern"), [1, 3, 4, 5]),
    ({"field": "metadata:city", "range": [0, 1], "missing": False}, []),
    (only("role", "context"), [0, 1, 2, 3, 4, 5]),
    (only("role", "object"), []),
    (only("source", "none"), [0, 1, 2, 3, 4, 5]),
    (only("dataset", "{dataset}"), [0, 1, 2, 3, 4, 5]),
    (without("dataset", "{dataset}"), []),
    ({"field": "search", "contains": "K3"}, [3]),
]


def test_a_filter_keeps_what_it_says(meant, ids):
    for filter, rows in CASES:
        named = {**filter, "field": filter["field"].format(**ids)}
        for test in {"only", "without"} & set(filter):
            named[test] = [value.format(**ids) for value in filter[test]]
        assert meant({"filters": [named]}) == rows, filter


def test_all_filters_must_hold(meant, ids):
    assert meant({"filters": [only("label", ids["seven"]), only("tag", ids["tag"])]}) == [1]


def test_a_rule_without_filters_means_everything(meant, dataset):
    assert meant({}) == [0, 1, 2, 3, 4, 5]


def test_datasets_narrow_a_rule(meant, project, dataset):
    make_dataset(project, "zoo", count=3)
    assert meant({"datasets": [str(dataset.pk)]}) == [0, 1, 2, 3, 4, 5]
    assert meant({"datasets": []}) == []


def square(left, right):
    return [[left, -1], [right, -1], [right, 1], [left, 1]]


def lasso(placed, mode, left, right):
    return {"map": str(placed.pk), "mode": mode, "polygon": square(left, right)}


STEPS = [
    ([("replace", 0.5, 2.5)], [1, 2]),
    ([("add", 0.5, 2.5), ("add", 3.5, 9)], [1, 2, 4, 5]),
    ([("replace", 0.5, 4.5), ("remove", 1.5, 2.5)], [1, 3, 4]),
    ([("replace", 0.5, 4.5), ("replace", 4.5, 9)], [5]),
    ([("remove", 0.5, 4.5)], [0, 5]),
]


def test_lassos_add_up_step_by_step(meant, placed):
    for steps, rows in STEPS:
        assert meant({"lassos": [lasso(placed, *step) for step in steps]}) == rows, steps


def test_filters_and_lassos_both_hold(meant, placed, ids):
    rule = {"filters": [only("label", ids["one"])], "lassos": [lasso(placed, "replace", -1, 2.5)]}
    assert meant(rule) == [2]


def test_objects_are_told_from_contexts_and_by_their_source(meant, dataset, ids):
    make_objects(dataset, [(0, [0, 0, 0.5, 0.5])])
    make_objects(dataset, [(0, [0, 0, 0.6, 0.5]), (1, [0, 0, 1, 1])], trained_model=TrainedModel.objects.get())
    assert meant({"filters": [only("role", "object")]}) == [6, 7, 8]
    assert meant({"filters": [without("role", "object")]}) == [0, 1, 2, 3, 4, 5]
    assert meant({"filters": [only("source", "ground_truth")]}) == [6]
    assert meant({"filters": [only("source", ids["model"])]}) == [7, 8]
    assert meant({"filters": [without("source", ids["model"], "none")]}) == [6]
