"""Every mutation of nouns by every member of the cast: who may, does; who may not, changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from apps.accounts.actor import Actor
from apps.datasets.models import Category, Comment, Dataset, Tag
from apps.embeddings.models import EmbeddingSet
from apps.lineage.models import InferenceSet, Layer, LayerSet, ModelArchitecture, TrainedModel
from apps.projects.models import AuditEntry, Change
from apps.projects.services.projects import create_project
from tests.data import make_dataset, make_embedding_set, make_inference_set

pytestmark = pytest.mark.holds(3)


@dataclass(frozen=True)
class Edit:
    """A mutation, its input (with names of things in it), the least role, and what its audit entry says."""

    name: str
    input: dict[str, Any]
    least: str
    action: str


EDITS = [
    Edit("createDataset", {"projectId": "{project}", "name": "fresh", "kind": "TEST"}, "editor", "created"),
    Edit("getOrCreateDataset", {"projectId": "{project}", "name": "fresh"}, "editor", "created"),
    Edit("renameDataset", {"id": "{dataset}", "name": "fresh"}, "editor", "renamed"),
    Edit("changeDatasetKind", {"id": "{dataset}", "kind": "TEST"}, "editor", "updated"),
    Edit("deleteDataset", {"id": "{dataset}", "confirmName": "train"}, "owner", "deleted"),
    Edit("createCategory", {"projectId": "{project}", "name": "fresh"}, "editor", "created"),
    Edit("renameCategory", {"id": "{category}", "name": "fresh"}, "editor", "renamed"),
    Edit("deleteCategory", {"id": "{category}"}, "editor", "deleted"),
    Edit("createTag", {"projectId": "{project}", "name": "fresh"}, "editor", "created"),
    Edit("renameTag", {"id": "{tag}", "name": "fresh"}, "editor", "renamed"),
    Edit("deleteTag", {"id": "{tag}"}, "editor", "deleted"),
    Edit("addComment", {"datapointId": "{dataset}:0", "text": "Look."}, "editor", "created"),
    Edit("editComment", {"id": "{comment}", "text": "Look again."}, "owner", "updated"),
    Edit("deleteComment", {"id": "{comment}"}, "owner", "deleted"),
    Edit("createModelArchitecture", {"projectId": "{project}", "name": "fresh"}, "editor", "created"),
    Edit("renameModelArchitecture", {"id": "{architecture}", "name": "fresh"}, "editor", "renamed"),
    Edit("deleteModelArchitecture", {"id": "{architecture}"}, "owner", "deleted"),
    Edit(
        "createTrainedModel",
        {"modelArchitectureId": "{architecture}", "version": "9", "trainedOnDatasetId": "{dataset}"},
        "editor",
        "created",
    ),
    Edit("renameTrainedModel", {"id": "{trained_model}", "version": "9"}, "editor", "renamed"),
    Edit("updateTrainedModel", {"id": "{trained_model}", "trainedOnDatasetId": "{dataset}"}, "editor", "updated"),
    Edit("deleteTrainedModel", {"id": "{trained_model}"}, "owner", "deleted"),
    Edit("createLayerSet", {"trainedModelId": "{trained_model}", "name": "fresh"}, "editor", "created"),
    Edit("renameLayerSet", {"id": "{layer_set}", "name": "fresh"}, "editor", "renamed"),
    Edit("deleteLayerSet", {"id": "{layer_set}"}, "owner", "deleted"),
    Edit("createLayer", {"layerSetId": "{layer_set}", "name": "fresh"}, "editor", "created"),
    Edit("renameLayer", {"id": "{layer}", "name": "fresh"}, "editor", "renamed"),
    Edit("deleteLayer", {"id": "{layer}"}, "owner", "deleted"),
    Edit("deleteInferenceSet", {"id": "{inference_set}"}, "owner", "deleted"),
    Edit("deleteEmbeddingSet", {"id": "{embedding_set}"}, "owner", "deleted"),
]
MODELS = [
    Dataset, Category, Tag, Comment, ModelArchitecture, TrainedModel, LayerSet, Layer, InferenceSet, EmbeddingSet,
    AuditEntry, Change,
]  # fmt: skip


@pytest.fixture
def things(project, alice):
    """The ids of one of everything, by the names that EDITS use."""
    dataset = make_dataset(project, count=3, labels=["7"])
    inference_set = make_inference_set(dataset, ["7"])
    embedding_set = make_embedding_set(dataset, np.eye(2))
    comment = Comment.objects.create(datapoint=dataset.datapoints.get(row=0), author=alice, text="Mine.")
    return {
        "project": project.pk,
        "dataset": dataset.pk,
        "category": Category.objects.get().pk,
        "tag": Tag.objects.create(project=project, name="check").pk,
        "comment": comment.pk,
        "architecture": ModelArchitecture.objects.get().pk,
        "trained_model": TrainedModel.objects.get().pk,
        "layer_set": LayerSet.objects.get().pk,
        "layer": Layer.objects.get().pk,
        "inference_set": inference_set.pk,
        "embedding_set": embedding_set.pk,
    }


def run(gql, caller, edit, things):
    written = {name: value.format(**things) for name, value in edit.input.items()}
    kind = f"{edit.name[0].upper()}{edit.name[1:]}Input"
    query = f"mutation ($input: {kind}!) {{ {edit.name}(input: $input) {{ errors {{ code field message }} }} }}"
    answer = gql(caller, query, {"input": written})
    if answer.get("errors"):
        return [error["extensions"]["code"] for error in answer["errors"]]
    return [error["code"] for error in answer["data"][edit.name]["errors"]]


def everything():
    """All rows that a mutation could change."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS}


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_the_least_role_may_and_one_audit_entry_says_so(gql, alice, bob, things, edit):
    before = AuditEntry.objects.count()
    assert run(gql, bob if edit.least == "editor" else alice, edit, things) == []
    entries = list(AuditEntry.objects.order_by("-pk")[: AuditEntry.objects.count() - before])
    assert [(entry.action, entry.actor_name) for entry in entries] == [
        (edit.action, "bob" if edit.least == "editor" else "alice")
    ]
    assert Change.objects.filter(project_id=things["project"], seq__gt=1).exists()


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
@pytest.mark.parametrize(
    ("who", "code"), [("vera", "FORBIDDEN"), ("charlie", "NOT_FOUND"), (None, "UNAUTHENTICATED")], ids=str
)
def test_who_may_not_changes_nothing(gql, request, things, edit, who, code):
    caller = request.getfixturevalue(who) if who else None
    before = everything()
    assert run(gql, caller, edit, things) == [code]
    assert everything() == before


@pytest.mark.parametrize("edit", [edit for edit in EDITS if edit.least == "owner"], ids=lambda edit: edit.name)
def test_an_editor_does_not_do_what_is_an_owners(gql, bob, things, edit):
    before = everything()
    assert run(gql, bob, edit, things) == ["FORBIDDEN"]
    assert everything() == before


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_a_read_token_and_a_token_of_another_project_change_nothing(gql, alice, charlie, token_for, things, edit):
    other = create_project(actor=Actor(user=alice), name="Other")
    before = everything()
    assert run(gql, token_for(alice, scope="read"), edit, things) == ["FORBIDDEN"]
    assert run(gql, token_for(alice, project=other), edit, things) == ["NOT_FOUND"]
    assert everything() == before


def test_a_viewer_gets_a_dataset_that_exists_and_makes_none(gql, vera, things):
    existing = Edit("getOrCreateDataset", {"projectId": "{project}", "name": "train"}, "viewer", "")
    assert run(gql, vera, existing, things) == []


def test_an_editor_deletes_a_comment_of_their_own(gql, bob, things):
    mine = Comment.objects.create(datapoint_id=Comment.objects.get().datapoint_id, author=bob, text="Oops.")
    assert run(gql, bob, Edit("deleteComment", {"id": "{mine}"}, "editor", "deleted"), {"mine": mine.pk}) == []
    assert not Comment.objects.filter(pk=mine.pk).exists()


@pytest.mark.holds(2)
def test_ids_of_another_project_are_not_found_inside_an_input(gql, alice, charlie, things):
    """Alice names a dataset of Charlie's as what her model was trained on."""
    theirs = make_dataset(charlie.memberships.get().project, "theirs")
    for edit in EDITS:
        if "trainedOnDatasetId" in edit.input:
            smuggling = Edit(edit.name, {**edit.input, "trainedOnDatasetId": str(theirs.pk)}, "", "")
            before = everything()
            assert run(gql, alice, smuggling, things) == ["NOT_FOUND"]
            assert everything() == before
