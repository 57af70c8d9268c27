"""Analyses and scores go with what they were computed from; they outlive what they were compared with."""

from __future__ import annotations

import pytest
from django.db import transaction
from pyroaring import BitMap

from apps.accounts.actor import Actor
from apps.analysis.models import Analysis, ScoreSet
from apps.datasets.models import Column, Dataset
from apps.datasets.removing import remove_rows
from apps.datasets.services import delete_dataset
from apps.embeddings.services import delete_embedding_set
from apps.jobs.models import Job, JobState, Lane
from apps.jobs.runner import run_next
from apps.lineage.services import delete_trained_model
from apps.projects.services.projects import delete_project
from apps.storage.files import stored_models
from tests.data import make_dataset, make_inference_set, make_objects


@pytest.fixture
def actor(alice):
    return Actor(user=alice)


@pytest.fixture
def clear(transactional_db):
    """clear() runs the queued light jobs in this process."""

    def clear():
        while run_next(Lane.LIGHT):
            pass

    return clear


def scored():
    return sorted(ScoreSet.objects.values_list("dataset__name", "name"))


def test_scores_go_with_their_dataset_and_the_analysis_with_the_last(score, work, actor, clear, train, production):
    score(train, [train, production])
    work()
    delete_dataset(actor=actor, dataset=production.dataset, confirm_name="production")
    clear()
    assert scored() == [("train", "distance"), ("train", "quality")]
    assert Analysis.objects.count() == 1
    delete_dataset(actor=actor, dataset=train.dataset, confirm_name="train")
    clear()
    assert not Analysis.objects.exists()
    assert not Column.objects.exists()


def test_scores_go_with_the_vectors_that_they_are_of(score, work, actor, train, production):
    score(train, [train, production])
    work()
    before = Column.objects.count()
    delete_embedding_set(actor=actor, embedding_set=production)
    assert scored() == [("train", "distance"), ("train", "quality")]
    assert Column.objects.count() == before - 3


def test_scores_outlive_their_reference(score, work, read, scores_of, actor, train, production):
    analysis = score(train, [production])["analysis"]
    work()
    delete_embedding_set(actor=actor, embedding_set=train)
    assert scores_of(production.dataset, 0)["quality"][0] > 1
    assert read(analysis["id"])["summary"]["reference_count"] == 60


def test_everything_goes_with_the_trained_model(score, match, work, actor, train, project):
    dataset = make_dataset(project, "images", count=1)
    inferences = make_inference_set(dataset, [None, None, "cat"])
    make_objects(dataset, [(0, (0, 0, 1, 1))], labels=["cat"])
    make_objects(dataset, [(0, (0, 0, 1, 1))], trained_model=inferences.trained_model)
    score(train, [train])
    match(dataset, inferences.trained_model)
    work()
    assert scored() == [("images", "iou"), ("images", "status"), ("train", "distance"), ("train", "quality")]
    delete_trained_model(actor=actor, trained_model=inferences.trained_model)
    assert not Analysis.objects.exists()
    assert not ScoreSet.objects.exists()
    assert not Column.objects.exists()


@pytest.mark.parametrize("what", ["reference", "target"])
def test_an_analysis_that_is_not_done_goes_with_anything_that_it_reads(score, work, actor, train, production, what):
    score(train, [production])
    delete_embedding_set(actor=actor, embedding_set={"reference": train, "target": production}[what])
    assert not Analysis.objects.exists()
    assert Job.objects.get().state == JobState.CANCELLED
    work()
    assert not ScoreSet.objects.exists()


def test_a_match_that_is_not_done_goes_with_its_dataset(match, work, actor, clear, project):
    dataset = make_dataset(project, "images", count=1)
    inferences = make_inference_set(dataset, [None, None, "cat"])
    make_objects(dataset, [(0, (0, 0, 1, 1))], labels=["cat"])
    make_objects(dataset, [(0, (0, 0, 1, 1))], trained_model=inferences.trained_model)
    match(dataset, inferences.trained_model)
    delete_dataset(actor=actor, dataset=dataset, confirm_name="images")
    work()
    assert not ScoreSet.objects.exists()
    clear()
    assert not Analysis.objects.exists()


def test_the_files_of_deleted_scores_are_named_by_no_row(score, work, actor, train, production, gql, alice):
    def named():
        return {path for model in stored_models() for path in model._default_manager.values_list("path", flat=True)}

    before = named()
    analysis = score(train, [production])["analysis"]
    work()
    assert len(named() - before) == 2
    delete = "mutation ($id: ID!) { deleteAnalysis(input: {id: $id}) { deletedId } }"
    assert gql(alice, delete, {"id": analysis["id"]})["data"]["deleteAnalysis"]["deletedId"] == analysis["id"]
    assert named() == before


def test_a_deleted_project_takes_its_analyses_along(score, work, actor, clear, project, train):
    score(train, [train])
    work()
    delete_project(actor=actor, project=project, confirm_name="MNIST")
    clear()
    assert not Analysis.objects.exists()


def test_scores_of_removed_datapoints_are_counted_no_more(score, work, scores_of, train, production):
    score(train, [production])
    work()
    with transaction.atomic():
        dataset = Dataset.objects.select_for_update().get(pk=production.dataset_id)
        remove_rows(dataset, BitMap([0, 1, 9]))
        dataset.save()
    assert set(ScoreSet.objects.values_list("score_count", flat=True)) == {6}
    assert scores_of(production.dataset, 2)["quality"][0] > 1
