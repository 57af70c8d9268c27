"""Rules that name what was deleted, or what belongs to others."""

from __future__ import annotations

import numpy as np
import pytest

from apps.accounts.actor import Actor
from apps.analysis.models import Analysis, ScoreSet
from apps.datasets.columns import append_values, create_column
from apps.datasets.models import Category, ColumnKind, Slice, Tag
from apps.lineage.models import TrainedModel
from apps.projections.precomputed import store_positions
from tests.data import make_category, make_dataset, make_embedding_set, make_inference_set

AWAY = "00000000-0000-4000-8000-000000000000"


def values(field, test, *values):
    return {"filters": [{"field": field, test: list(values)}]}


@pytest.fixture
def told(gql, bob, project):
    """told(rule) -> the notes of a slice with this rule."""

    def told(rule):
        made = Slice.objects.create(project=project, name=str(rule)[:100], rule=rule)
        return gql(bob, f'{{ slice(id: "{made.pk}") {{ notes }} }}')["data"]["slice"]["notes"]

    return told


GONE = [
    ("label", "999999", "category"),
    ("tag", AWAY, "tag"),
    ("dataset", AWAY, "dataset"),
    (f"inference:{AWAY}", "none", "trained model"),
    (f"agreement:{AWAY}", "agree", "trained model"),
    ("metadata:nothing", "none", "metadata key"),
    (f"score:{AWAY}:quality", "none", "score"),
]


def test_what_is_gone_finds_nothing_leaves_nothing_out_and_is_noted(meant, told, dataset):
    for field, value, kind in GONE:
        assert meant(values(field, "only", value)) == []
        assert meant(values(field, "without", value)) == [0, 1, 2, 3, 4, 5]
        assert told(values(field, "only", value)) == [f"The rule names a {kind} that is not in this project any more."]


def test_a_map_that_is_gone_holds_nothing(meant, told, dataset):
    lasso = {"map": AWAY, "mode": "replace", "polygon": [[-9, -9], [9, -9], [0, 9]]}
    assert meant({"lassos": [lasso]}) == []
    assert told({"lassos": [lasso]}) == ["The rule names a map that is not in this project any more."]


def test_a_slice_is_readable_after_all_that_it_names_was_deleted(act, gql, bob, alice, project, dataset, tag):
    seven = make_category(project, "7")
    rule = {"filters": [{"field": "label", "only": [str(seven.pk)]}, {"field": "tag", "without": [str(tag.pk)]}]}
    made = act(bob, "createSlice", {"projectId": str(project.pk), "name": "x", "rule": rule}, "slice { id }")["slice"]
    act(bob, "deleteTag", {"id": str(tag.pk)}, "deletedId")
    act(bob, "deleteCategory", {"id": str(seven.pk)}, "deletedId")
    act(alice, "deleteDataset", {"id": str(dataset.pk), "confirmName": "train"}, "deletedId")
    found = gql(bob, f'{{ slice(id: "{made["id"]}") {{ rule datapointCount notes }} }}')["data"]["slice"]
    assert found["rule"]["filters"] == rule["filters"]
    assert (found["datapointCount"], len(found["notes"])) == (0, 2)


def test_ids_of_another_project_are_as_unknown_as_made_up_ones(meant, told, charlie, project, dataset):
    elsewhere = charlie.memberships.get().project
    theirs = make_dataset(elsewhere, "theirs", count=3, labels=["7"])
    make_inference_set(theirs, ["7"])
    model = TrainedModel.objects.get(model_architecture__project=elsewhere)
    label = Category.objects.get(project=elsewhere)
    tag = Tag.objects.create(project=elsewhere, name="secret")
    for field, value in (
        ("label", str(label.pk)),
        ("tag", str(tag.pk)),
        ("dataset", str(theirs.pk)),
        (f"inference:{model.pk}", str(label.pk)),
        (f"agreement:{model.pk}", "no-inference"),
    ):
        assert meant(values(field, "only", value)) == []
        assert meant(values(field, "without", value)) == [0, 1, 2, 3, 4, 5]
        assert told(values(field, "only", value))
    embeddings = make_embedding_set(theirs, np.eye(3))
    positions = np.zeros((3, 2), dtype=np.float32)
    placed = store_positions(actor=Actor(user=charlie), embedding_sets=[embeddings], positions=positions, name="Map")
    lasso = {"map": str(placed.pk), "mode": "replace", "polygon": [[-9, -9], [9, -9], [0, 9]]}
    assert meant({"lassos": [lasso]}) == []
    assert meant({"datasets": [str(theirs.pk)]}) == []


@pytest.fixture
def analysis(alice, project, dataset):
    """Quality 10, 20 … 50 of k0 … k4, and a status of the same."""
    made = Analysis.objects.create(
        project=project,
        kind="class_quality",
        name="Quality",
        trained_model=TrainedModel.objects.get(),
        created_by=alice,
    )
    for name, kind, scores, names in (
        ("quality", ColumnKind.NUMBER, np.arange(10.0, 60, 10), None),
        ("status", ColumnKind.INTEGER, np.array([0, 1, 0, 1, 1]), ["matched", "missed"]),
    ):
        column = create_column(dataset=dataset, kind=kind)
        append_values(column, np.arange(5, dtype=np.uint32), scores)
        ScoreSet.objects.create(
            analysis=made, dataset=dataset, column=column, name=name, title=name, description="", values=names,
            direction="low_is_bad", score_count=5,
        )  # fmt: skip
    return made


def test_scores_are_numbers_or_named_values(meant, told, analysis):
    quality, status = f"score:{analysis.pk}:quality", f"score:{analysis.pk}:status"
    assert meant({"filters": [{"field": quality, "range": [20, 40]}]}) == [1, 2, 3]
    assert meant({"filters": [{"field": quality, "range": [50, None], "missing": True}]}) == [4, 5]
    assert meant(values(status, "only", "missed")) == [1, 3, 4]
    assert meant(values(status, "without", "missed", "none")) == [0, 2]
    assert told(values(status, "only", "missed")) == []
