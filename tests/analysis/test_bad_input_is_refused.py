"""What cannot be analysed is refused with a sentence, and nothing is made."""

from __future__ import annotations

import numpy as np
import pytest

from apps.accounts.actor import Actor
from apps.analysis.models import Analysis
from apps.datasets.models import Datapoint
from apps.jobs.models import Job
from apps.lineage.models import InferenceSet
from apps.projects.services.projects import create_project
from tests.analysis.conftest import MATCH, QUALITY
from tests.data import make_dataset, make_embedding_set, make_inference_set, make_objects, make_trained_model

BOX = [(0, (0, 0, 0.5, 0.5))]


@pytest.fixture(autouse=True)
def _nothing_is_made(transactional_db):
    yield
    assert not Analysis.objects.exists()
    assert not Job.objects.exists()


@pytest.fixture
def detections(transactional_db, project):
    """A dataset with one ground-truth object."""
    dataset = make_dataset(project, "detections", count=1)
    make_objects(dataset, BOX, labels=["cat"])
    return dataset


@pytest.fixture
def elsewhere(alice):
    """Another project of Alice."""
    return create_project(actor=Actor(user=alice), name="Other")


def error(payload):
    assert payload["analysis"] is None
    [found] = payload["errors"]
    return found["code"], found["field"], found["message"]


def test_nothing_to_score(score, train):
    assert error(score(train, [])) == (
        "BAD_USER_INPUT", "targetEmbeddingSetIds", "Choose at least one embedding set to score.",
    )  # fmt: skip


def test_one_target_twice(score, train):
    assert error(score(train, [train, train]))[2] == "An embedding set is named twice."


def test_too_many_targets(score, train):
    assert error(score(train, [train] * 65))[0] == "LIMIT_EXCEEDED"


@pytest.mark.holds(40)
def test_another_layer(score, train, production, blobs):
    other = make_embedding_set(production.dataset, blobs("ab"), layer="fc1")
    code, field, message = error(score(train, [production, other]))
    assert (code, field) == ("BAD_USER_INPUT", "targetEmbeddingSetIds")
    assert message == "Two embedding sets are of one dataset; choose one of them."
    assert error(score(train, [other]))[2] == (
        "The vectors of production are of layer fc1 of cnn 1; those of the reference are of layer fc2 of cnn 1. They "
        "must be of the same."
    )


def test_another_dimension(score, train, production):
    production.dimension = 5
    production.save()
    assert error(score(train, [production]))[2] == (
        "The vectors of production have dimension 5, those of the reference 6."
    )


def test_targets_without_inferences(score, train, production):
    InferenceSet.objects.filter(dataset=production.dataset).delete()
    assert error(score(train, [production]))[2] == "There are no inferences of cnn 1 in production; log them first."


def test_a_target_of_another_project(score, train, elsewhere):
    other = make_embedding_set(make_dataset(elsewhere, count=4), np.eye(4, 6), layer="fc2")
    assert error(score(train, [other]))[2] == "All embedding sets must be of one project."


def test_what_takes_more_memory_than_a_job_may_use(score, train, settings):
    settings.CHROMA_JOB_MEMORY = 1000
    assert error(score(train, [train]))[0] == "LIMIT_EXCEEDED"


def test_a_name_without_a_visible_character(score, train):
    assert error(score(train, [train], name=" "))[1] == "name"


@pytest.mark.parametrize("threshold", [0, -0.5, 1.5])
@pytest.mark.holds(40)
def test_a_threshold_that_is_no_overlap(match, detections, project, threshold):
    code, field, message = error(match(detections, make_trained_model(project), iouThreshold=threshold))
    assert (code, field) == ("BAD_USER_INPUT", "iouThreshold")
    assert message == f"iouThreshold must be above 0 and at most 1, not {threshold:g}."


def test_nothing_found_or_nothing_true(match, detections, project):
    trained_model = make_trained_model(project)
    assert error(match(detections, trained_model)) == (
        "BAD_USER_INPUT", "trainedModelId", "detections has no objects that cnn 1 found; log its boxes first.",
    )  # fmt: skip
    Datapoint.objects.filter(dataset=detections, role="object").update(source=str(trained_model.pk))
    assert error(match(detections, trained_model)) == (
        "BAD_USER_INPUT", "datasetId", "detections has no ground-truth objects; log labelled boxes first.",
    )  # fmt: skip


def test_a_model_of_another_project(match, detections, elsewhere):
    message = error(match(detections, make_trained_model(elsewhere)))[2]
    assert message == "Dataset and trained model must be of one project."


def test_what_strangers_have_is_not_found(gql, charlie, alice, train, detections, project):
    """Neither for a stranger, nor as a stranger's id in one's own request."""
    theirs = charlie.memberships.get().project
    dataset = make_dataset(theirs, count=4)
    make_inference_set(dataset, ["a"] * 4)
    embeddings = make_embedding_set(dataset, np.eye(4, 6), layer="fc2")
    for caller, reference, target in ((charlie, train, train), (alice, embeddings, train), (alice, train, embeddings)):
        given = {"referenceEmbeddingSetId": str(reference.pk), "targetEmbeddingSetIds": [str(target.pk)]}
        assert error(gql(caller, QUALITY, {"input": given})["data"]["runClassQuality"])[0] == "NOT_FOUND"
    for used in ((dataset, make_trained_model(project)), (detections, make_trained_model(theirs))):
        given = {"datasetId": str(used[0].pk), "trainedModelId": str(used[1].pk)}
        assert error(gql(alice, MATCH, {"input": given})["data"]["matchObjects"])[0] == "NOT_FOUND"
