"""Predicted boxes beside ground truth: labels, statuses, counts, through GraphQL and the job."""

from __future__ import annotations

import pytest

from apps.analysis.models import ScoreSet
from apps.datasets.models import Datapoint, LabelChange
from apps.projects.models import Change
from tests.data import make_category, make_dataset, make_inference_set, make_objects, make_trained_model

A, B, C = (0.0, 0.0, 0.4, 0.4), (0.5, 0.5, 0.4, 0.4), (0.5, 0.0, 0.3, 0.3)
NEAR_A, NEAR_B = (0.02, 0.0, 0.4, 0.4), (0.5, 0.54, 0.4, 0.4)


@pytest.fixture
def images(transactional_db, project):
    """Three images. Ground truth: a cat and a dog in the first, a dog in the second. Rows 3, 4, 5."""
    dataset = make_dataset(project, "images", count=3)
    make_objects(dataset, [(0, A), (0, B), (1, A)], labels=["cat", "dog", "dog"])
    return dataset


@pytest.fixture
def cnn(images):
    """Found: both objects of the first image (one of them as a bird), nothing of the second, one in the third."""
    inferences = make_inference_set(images, [None] * 6 + ["cat", "bird", "cat", "dog"])
    make_objects(images, [(0, NEAR_A), (0, NEAR_B), (0, C), (2, A)], trained_model=inferences.trained_model)
    return inferences.trained_model


def labels_of(dataset):
    found = dataset.datapoints.exclude(source="").order_by("row")
    return list(found.values_list("category__name", "logged_category__name"))


def test_partners_get_status_overlap_and_label(match, work, read, scores_of, images, cnn):
    made = match(images, cnn)
    assert made["errors"] == []
    assert made["analysis"]["name"] == "Match of cnn 1 on images"
    work()
    stored = read(made["analysis"]["id"])
    assert stored["job"] == {"state": "DONE", "error": ""}
    assert stored["kind"] == "MATCH_OBJECTS"
    statuses = [scores_of(images, row)["status"] for row in range(3, 10)]
    matched, spurious, missed = (0.0, "matched"), (1.0, "spurious"), (2.0, "missed")
    assert statuses == [matched, matched, missed, matched, matched, spurious, spurious]
    assert scores_of(images, 3)["iou"] == scores_of(images, 6)["iou"] == (pytest.approx(0.38 / 0.42), None)
    assert scores_of(images, 9)["iou"] == scores_of(images, 5)["iou"] == (0.0, None)
    assert scores_of(images, 0) == {}
    assert labels_of(images) == [("cat", "cat"), ("dog", "dog"), (None, None), (None, None)]


def test_the_summary_counts_each_category(match, work, read, images, cnn):
    analysis = match(images, cnn)["analysis"]
    work()
    stored = read(analysis["id"])
    categories = {each.pop("category"): each for each in stored["summary"].pop("categories")}
    assert stored["summary"] == {
        "found_count": 4, "ground_truth_count": 3, "matched_count": 2, "spurious_count": 2, "missed_count": 1,
        "other_category_count": 1, "precision": 0.5, "recall": 0.6667,
        "mean_iou": pytest.approx((0.38 / 0.42 + 0.36 / 0.44) / 2, abs=1e-4),
    }  # fmt: skip
    assert set(categories) == {"bird", "cat", "dog"}
    assert categories["dog"] == {
        "found_count": 1, "ground_truth_count": 2, "right_count": 0, "spurious_count": 1, "missed_count": 1,
        "precision": 0.0, "recall": 0.0, "mean_iou": pytest.approx(0.36 / 0.44, abs=1e-4),
    }  # fmt: skip
    assert (categories["cat"]["precision"], categories["cat"]["recall"]) == (0.5, 1.0)
    assert stored["notes"] == [
        "No ground truth at all, so that every found object counts as spurious: 1 datapoint with 1 object."
    ]
    status = next(each for each in stored["scoreSets"] if each["name"] == "status")
    assert (status["values"], status["scoreCount"]) == (["matched", "spurious", "missed"], 7)


def test_only_boxes_of_one_category_match_where_that_is_asked_for(match, work, scores_of, images, cnn):
    match(images, cnn, isClassAware=True)
    work()
    texts = [scores_of(images, row)["status"][1] for row in range(3, 8)]
    assert texts == ["matched", "missed", "missed", "matched", "spurious"]
    assert labels_of(images)[1] == (None, None)


def test_the_threshold_is_met_or_it_is_no_match(match, work, scores_of, images, cnn):
    match(images, cnn, iouThreshold=0.85, method="BEST_FIRST")
    work()
    assert [scores_of(images, row)["status"][1] for row in (6, 7)] == ["matched", "spurious"]
    assert scores_of(images, 7)["iou"][0] == pytest.approx(0.36 / 0.44)


def test_matching_again_changes_no_label_and_leaves_a_correction_alone(match, work, images, cnn, project):
    match(images, cnn)
    work()
    assert LabelChange.objects.count() == 2
    versions = images.__class__.objects.values_list("label_version", "version").get(pk=images.pk)
    corrected = Datapoint.objects.get(dataset=images, row=6)
    Datapoint.objects.filter(pk=corrected.pk).update(category=make_category(project, "lynx"))
    match(images, cnn)
    work()
    assert labels_of(images)[0] == ("lynx", "cat")
    assert LabelChange.objects.count() == 2
    assert images.__class__.objects.values_list("label_version", "version").get(pk=images.pk) == versions


def test_another_word_of_the_ground_truth_becomes_the_label_with_history(match, work, images, cnn, project):
    match(images, cnn)
    work()
    Datapoint.objects.filter(dataset=images, row=3).update(category=make_category(project, "lynx"))
    match(images, cnn, name="Again")
    work()
    assert labels_of(images)[0] == ("lynx", "lynx")
    change = LabelChange.objects.filter(datapoint__row=6).first()
    assert (change.from_category.name, change.to_category.name, change.is_logged, change.by, change.why) == (
        "cat", "lynx", True, None, "Match: Again",
    )  # fmt: skip


def test_an_object_that_loses_its_partner_loses_the_label_that_it_had_from_it(match, work, images, cnn):
    match(images, cnn)
    work()
    match(images, cnn, iouThreshold=0.85)
    work()
    assert labels_of(images)[1] == (None, None)
    assert Change.objects.filter(kind="labelled", target_id=str(images.pk)).count() == 2


def test_two_models_have_their_own_labels(match, work, project, images, cnn, scores_of):
    other = make_trained_model(project, version="2")
    make_objects(images, [(1, NEAR_A)], trained_model=other)
    match(images, cnn)
    work()
    assert labels_of(images)[-1] == (None, None)
    match(images, other)
    work()
    assert labels_of(images)[-1] == ("dog", "dog")
    assert labels_of(images)[:2] == [("cat", "cat"), ("dog", "dog")]
    assert ScoreSet.objects.get(analysis__trained_model=other, name="status").score_count == 4
    assert scores_of(images, 5)["status"] == (0.0, "matched")


def test_agreement_works_for_objects(match, work, gql, alice, images, cnn):
    """With a label, a found object disagrees like any other datapoint."""
    match(images, cnn)
    work()
    query = "query ($id: ID!) { dataset(id: $id) { inferenceSets { edges { node { disagreementCount } } } } }"
    answer = gql(alice, query, {"id": str(images.pk)})
    assert [edge["node"]["disagreementCount"] for edge in answer["data"]["dataset"]["inferenceSets"]["edges"]] == [1]
