from __future__ import annotations

import numpy as np
import pytest

from apps.accounts.actor import Actor
from apps.datasets import erasing, tasks
from apps.datasets.models import (
    Category,
    Column,
    Comment,
    Datapoint,
    Dataset,
    LabelChange,
    MetadataField,
    Resource,
    Segment,
    Tag,
    TagMembership,
)
from apps.datasets.services import categories
from apps.embeddings.models import EmbeddingSet
from apps.jobs.models import Job, JobState, Lane
from apps.jobs.runner import run_next
from apps.lineage.models import InferenceSet, TrainedModel
from apps.projections.models import ProjectionSet, ProjectionSource, Projector
from apps.projections.precomputed import store_positions
from apps.projects.models import AuditEntry, Change, Project
from apps.projects.services.projects import delete_project
from tests.data import make_dataset, make_embedding_set, make_inference_set
from tests.logging.upload import read_arrow

pytestmark = pytest.mark.django_db(transaction=True)

DELETE = """mutation ($input: DeleteDatasetInput!) { deleteDataset(input: $input) {
    deletedId job { id kind state title } errors { code field message } } }"""


def delete(gql, caller, dataset, name):
    return gql(caller, DELETE, {"input": {"id": str(dataset.pk), "confirmName": name}})["data"]["deleteDataset"]


def make_map(*embedding_sets):
    project = embedding_sets[0].dataset.project
    projector, _ = Projector.objects.get_or_create(project=project, method="pca", digest="x")
    name = f"map {ProjectionSet.objects.count()}"
    projection_set = ProjectionSet.objects.create(project=project, projector=projector, name=name)
    for position, embedding_set in enumerate(embedding_sets):
        ProjectionSource.objects.create(
            projection_set=projection_set, embedding_set=embedding_set, position=position, vectors_version=1
        )
    return projection_set


@pytest.fixture
def _small_batches(monkeypatch):
    monkeypatch.setattr(erasing, "BATCH", 5)


@pytest.mark.parametrize("name", ["", "Train", "train ", "trai"])
def test_a_dataset_is_deleted_only_by_its_exact_name(gql, alice, dataset, name):
    answer = delete(gql, alice, dataset, name)
    assert [(error["code"], error["field"]) for error in answer["errors"]] == [("BAD_USER_INPUT", "confirmName")]
    assert Dataset.objects.get().deleted_at is None
    assert not Job.objects.exists()


@pytest.mark.usefixtures("_small_batches")
def test_a_deleted_dataset_is_gone_at_once_and_cleared_away_by_a_job(gql, alice, vera, described, text):
    first = described.datapoints.get(row=0)
    Comment.objects.create(datapoint=first, author=alice, text="x")
    LabelChange.objects.create(datapoint=first, action=described.pk)
    TagMembership.objects.create(tag=Tag.objects.create(project=described.project, name="t"), dataset=described)
    other = make_dataset(described.project, "test", count=3, labels=["7"])
    kept = make_embedding_set(other, np.eye(3))
    shared = make_map(EmbeddingSet.objects.get(dataset=described), kept)
    alone = make_map(kept)
    Resource.objects.create(project=described.project, kind="text", text="unused", size=1, sha256="b" * 64, path="")

    answer = delete(gql, alice, described, "train")

    assert answer["errors"] == []
    assert answer["job"]["title"] == "Delete dataset train"
    read = gql(
        vera,
        "query ($id: ID!) { dataset(id: $id) { name } datasets { edges { node { name } } } }",
        {"id": str(described.pk)},
    )
    assert [error["extensions"]["code"] for error in read["errors"]] == ["NOT_FOUND"]
    assert read["data"]["datasets"]["edges"] == [{"node": {"name": "test"}}]
    make_dataset(described.project, "train")  # its name is free

    assert run_next(Lane.LIGHT)
    job = Job.objects.get()
    assert (job.state, job.error) == (JobState.DONE, "")
    assert not Dataset.objects.filter(pk=described.pk).exists()
    assert set(Datapoint.objects.values_list("dataset__name", flat=True)) == {"test"}
    assert not InferenceSet.objects.exists()
    assert not MetadataField.objects.exists()
    assert not Comment.objects.exists()
    assert not LabelChange.objects.exists()
    assert not TagMembership.objects.exists()
    assert list(EmbeddingSet.objects.all()) == [kept]
    assert list(Column.objects.all()) == [kept.vectors]
    assert set(Segment.objects.values_list("column", flat=True)) == {kept.vectors_id}
    # A map that showed the dataset goes, another stays; so do files that only it named, and no others.
    assert list(ProjectionSet.objects.all()) == [alone]
    assert Change.objects.filter(kind="deleted", target_type="projection_set", target_id=str(shared.pk)).exists()
    assert list(Resource.objects.values_list("text", flat=True)) == ["unused"]
    assert Category.objects.filter(name="7").exists()
    assert AuditEntry.objects.filter(action="deleted", target_name="train").count() == 1


@pytest.mark.usefixtures("_small_batches")
def test_a_deletion_that_was_cut_short_is_taken_up_again(gql, alice, dataset, monkeypatch):
    delete(gql, alice, dataset, "train")
    real = erasing.erase_datapoints
    batches = []

    def fails_at_the_second(datapoints):
        batches.append(datapoints.count())
        if len(batches) == 2:
            raise RuntimeError("The disk is gone.")
        return real(datapoints)

    monkeypatch.setattr(erasing, "erase_datapoints", fails_at_the_second)
    run_next(Lane.LIGHT)
    job = Job.objects.get()
    assert job.state == JobState.FAILED
    assert Datapoint.objects.count() == 7
    assert "disk" not in job.error

    Job.objects.update(state=JobState.QUEUED, attempt=0)
    run_next(Lane.LIGHT)
    assert batches == [5, 5, 5, 2]
    assert not Dataset.objects.exists()


def test_deleting_a_model_takes_what_it_gave_and_leaves_other_versions(gql, alice, dataset):
    make_inference_set(dataset, ["7"], version="1")
    kept = make_inference_set(dataset, ["1"], version="2")
    make_map(make_embedding_set(dataset, np.eye(3)))  # of version 1
    first = TrainedModel.objects.get(version="1")
    query = "mutation ($input: DeleteTrainedModelInput!) { deleteTrainedModel(input: $input) { errors { message } } }"
    gql(alice, query, {"input": {"id": str(first.pk)}})
    assert list(InferenceSet.objects.all()) == [kept]
    assert list(Column.objects.all()) == [kept.category_column]
    assert not EmbeddingSet.objects.exists()
    assert not ProjectionSet.objects.exists()
    told = set(Change.objects.filter(kind="deleted").values_list("target_type", flat=True))
    assert told == {"trained_model", "inference_set", "layer_set", "layer", "embedding_set", "projection_set"}
    assert AuditEntry.objects.filter(action="deleted").count() == 1


def test_deleting_an_inference_set_takes_its_columns(gql, alice, described):
    query = """mutation ($input: DeleteInferenceSetInput!) {
        deleteInferenceSet(input: $input) { deletedId errors { code } } }"""
    gone = InferenceSet.objects.get()
    answer = gql(alice, query, {"input": {"id": str(gone.pk)}})["data"]["deleteInferenceSet"]
    assert answer == {"deletedId": str(gone.pk), "errors": []}
    assert not InferenceSet.objects.exists()
    assert Column.objects.count() == 4  # three of metadata, one of vectors
    assert AuditEntry.objects.latest("pk").target_name == "cnn 1 on train"
    assert AuditEntry.objects.latest("pk").before == {"dataset": "train", "trained_model": "cnn 1", "count": 4}


def test_a_category_of_many_datapoints_is_taken_off_by_a_job(gql, alice, dataset, monkeypatch):
    monkeypatch.setattr(categories, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(tasks, "BATCH", 1)
    seven = Category.objects.get(name="7")
    query = (
        "mutation ($input: DeleteCategoryInput!) { deleteCategory(input: $input) { job { state } errors { code } } }"
    )
    answer = gql(alice, query, {"input": {"id": str(seven.pk)}})["data"]["deleteCategory"]
    assert answer["job"] == {"state": "QUEUED"}
    assert run_next(Lane.LIGHT)
    assert Job.objects.get().state == JobState.DONE
    assert not Category.objects.filter(name="7").exists()
    assert dict(dataset.datapoints.filter(row__lt=3).values_list("row", "category__name")) == {0: None, 1: None, 2: "1"}
    assert dataset.datapoints.filter(logged_category=None).count() == 11
    dataset.refresh_from_db()
    assert dataset.label_version == 2


@pytest.mark.usefixtures("_small_batches")
def test_a_deleted_project_is_cleared_away_whole(alice, bob, charlie, described):
    elsewhere = make_dataset(charlie.memberships.get().project, "theirs", count=2, labels=["7"])
    delete_project(actor=Actor(user=alice), project=described.project, confirm_name="MNIST")
    assert run_next(Lane.LIGHT)
    assert list(Project.objects.values_list("name", flat=True)) == ["Elsewhere"]
    assert set(Datapoint.objects.values_list("dataset", flat=True)) == {elsewhere.pk}
    for model in (Column, Segment, Resource, InferenceSet, EmbeddingSet, Job, TrainedModel):
        assert not model.objects.exists()
    assert Category.objects.get().project == elsewhere.project
    # The history outlives the project.
    assert AuditEntry.objects.filter(project=None, project_name__contains="MNIST", action="deleted").exists()


def test_no_name_that_people_give_keeps_a_dataset_from_being_deleted(gql, alice, dataset):
    for name in (f"deleted {dataset.pk}", f" deleted {dataset.pk}"):
        query = "mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { dataset { name } } }"
        gql(alice, query, {"input": {"projectId": str(dataset.project_id), "name": name}})
    assert delete(gql, alice, dataset, "train")["errors"] == []


def test_a_deleted_dataset_is_not_read_through_its_maps_either(gql, client_for, alice, vera, dataset):
    embedding_set = make_embedding_set(dataset, np.eye(3))
    made = store_positions(
        actor=Actor(user=alice),
        embedding_sets=[embedding_set],
        positions=np.zeros((3, 2), dtype=np.float32),
        name="map",
    )
    delete(gql, alice, dataset, "train")
    query = "{ projectionSets { edges { node { projections(first: 5) { edges { node { datapoint { key } } } } } } } }"
    [edge] = gql(vera, query)["data"]["projectionSets"]["edges"]
    assert edge["node"]["projections"]["edges"] == []
    keys = read_arrow(client_for(vera).get(f"/bulk/v1/projection-sets/{made.pk}/keys"))
    assert keys["key"].to_pylist() == [None, None, None]
