"""From embeddings, labels and inferences to distances and qualities, through GraphQL, the job and HTTP."""

from __future__ import annotations

import numpy as np

from apps.analysis.models import Analysis, ScoreSet
from apps.datasets.columns import append_values
from apps.datasets.models import Datapoint, Segment
from apps.projects.models import AuditEntry, Change
from tests.data import make_category, make_dataset, make_embedding_set, make_inference_set, make_objects

LACKING = (
    "Inferred to be of a category that no labelled datapoint of train has, and so no score: 1 datapoint of production."
)


def test_wrong_inferences_have_the_lowest_quality(score, work, read, train, production, column):
    made = score(train, [train, production])
    assert made["errors"] == []
    assert made["analysis"]["name"] == "Quality of train, production by cnn 1"
    work()
    stored = read(made["analysis"]["id"])
    assert stored["job"] == {"state": "DONE", "error": ""}
    assert stored["finishedAt"]
    assert (stored["kind"], stored["createdBy"], stored["project"]) == (
        "CLASS_QUALITY", {"username": "alice"}, {"name": "MNIST"},
    )  # fmt: skip
    qualities, distances = column(production.dataset, "quality")[:8], column(production.dataset, "distance")[:8]
    assert max(qualities[6:]) < 1 < min(qualities[:6])
    assert max(distances[:6]) < 0.5 < min(distances[6:])
    assert set(np.argsort(column(train.dataset, "quality"))[:2]) == {0, 1}


def test_each_score_says_how_to_read_it(score, work, read, train, production):
    analysis = score(train, [production])["analysis"]
    work()
    [distance, quality] = sorted(read(analysis["id"])["scoreSets"], key=lambda each: each["name"])
    del distance["id"], quality["id"]
    production = {"id": str(production.dataset_id), "name": "production"}
    assert distance == {
        "name": "distance", "title": "Distance to class", "direction": "HIGH_IS_BAD", "unit": "", "low": 0.0,
        "high": 1.0, "values": None, "scoreCount": 8, "version": 1, "dataset": production,
    }  # fmt: skip
    assert quality == {
        "name": "quality", "title": "Quality", "direction": "LOW_IS_BAD", "unit": "%", "low": 0.0, "high": 100.0,
        "values": None, "scoreCount": 8, "version": 1, "dataset": production,
    }  # fmt: skip


def test_what_gets_no_score_is_said(score, work, read, train, production, scores_of, column):
    Datapoint.objects.filter(dataset=train.dataset, row=5).update(category=None)
    analysis = score(train, [production])["analysis"]
    work()
    stored = read(analysis["id"])
    assert stored["notes"] == [
        "No label, and so no part in any category: 1 datapoint of train.",
        "No inference, and so no score: 1 datapoint of production.",
        LACKING,
    ]  # fmt: skip
    assert stored["summary"]["reference_categories"] == {"a": 30, "b": 29}
    assert stored["summary"]["targets"][0]["scored_count"] == 8
    assert scores_of(production.dataset, 8) == scores_of(production.dataset, 9) == {}
    values = column(production.dataset, "quality")
    assert [value is None for value in values] == [False] * 8 + [True] * 2
    assert values[0] == scores_of(production.dataset, 0)["quality"][0]


def test_a_reference_that_is_scored_itself_is_not_flattered(score, work, project, column):
    """Each datapoint is measured against the others. With fewer members than dimensions it matters most."""
    random = np.random.default_rng(0)
    labels = ["a", "b"] * 20
    vectors = random.normal(size=(80, 30))
    train = make_embedding_set(make_dataset(project, "train", count=40, labels=labels), vectors[:40])
    fresh = make_embedding_set(make_dataset(project, "test", count=40, labels=labels), vectors[40:])
    for each in (train, fresh):
        make_inference_set_of(each, labels)
    score(train, [train, fresh])
    work()
    medians = [np.median(column(each.dataset, "quality")) for each in (train, fresh)]
    assert abs(medians[0] - medians[1]) < 15


def test_the_only_member_of_a_category_says_nothing_of_itself(score, work, read, train, project, scores_of):
    Datapoint.objects.filter(dataset=train.dataset, row=4).update(category=make_category(project, "c"))
    inferences = train.dataset.inference_sets.get().category_column
    append_values(inferences, np.array([4, 6], dtype=np.uint32), np.full(2, make_category(project, "c").pk))
    analysis = score(train, [train])["analysis"]
    work()
    assert read(analysis["id"])["notes"] == [
        "Alone in its category in the reference, and so no score: 1 datapoint of train."
    ]
    assert scores_of(train.dataset, 4) == {}
    assert 0 <= scores_of(train.dataset, 6)["quality"][0] < 20


def test_spurious_objects_show_what_is_no_object(score, match, work, read, project, column):
    """Found objects that a match left without partner are the background that others are compared with."""
    random = np.random.default_rng(0)
    dataset = make_dataset(project, "images", count=30)
    here, there = (0, 0, 0.4, 0.4), (0.5, 0.5, 0.4, 0.4)
    make_objects(dataset, [(row, here) for row in range(30)], labels=["cell"] * 30)
    inferred = make_inference_set_of_objects(dataset, [(row, box) for row in range(30) for box in (here, there)])
    vectors = random.normal(size=(dataset.next_row, 4))
    vectors[61::2] += 2.5
    embeddings = make_embedding_set(dataset, vectors)
    assert match(dataset, inferred.trained_model)["errors"] == []
    work()
    analysis = score(embeddings, [embeddings])["analysis"]
    work()
    # The images themselves, which have vectors here too; of the ground truth nobody expects an inference.
    assert read(analysis["id"])["notes"] == [
        "No label, and so no part in any category: 30 datapoints of images.",
        "No inference, and so no score: 30 datapoints of images.",
    ]
    quality = column(dataset, "quality")
    assert quality[:60] == [None] * 60
    assert np.median(quality[61::2]) < 5 < 30 < np.median(quality[60::2])


def test_deleting_and_renaming_an_analysis(score, work, gql, alice, train, production):
    first, second = score(train, [train])["analysis"], score(train, [production], name="Mine")["analysis"]
    work()
    rename = """mutation ($id: ID!, $name: String!) { renameAnalysis(input: {id: $id, name: $name}) {
      analysis { name } errors { code message } } }"""
    refused = gql(alice, rename, {"id": first["id"], "name": "Mine"})["data"]["renameAnalysis"]["errors"]
    assert refused == [{"code": "CONFLICT", "message": "An analysis named 'Mine' exists in this project."}]
    renamed = gql(alice, rename, {"id": first["id"], "name": " Theirs "})["data"]["renameAnalysis"]
    assert renamed == {"analysis": {"name": "Theirs"}, "errors": []}
    delete = "mutation ($id: ID!) { deleteAnalysis(input: {id: $id}) { deletedId errors { message } } }"
    assert gql(alice, delete, {"id": second["id"]})["data"]["deleteAnalysis"]["deletedId"] == second["id"]
    assert set(ScoreSet.objects.values_list("dataset__name", flat=True)) == {"train"}
    assert not Segment.objects.filter(column__dataset=production.dataset, column__kind="number").exists()
    kept = set(Change.objects.filter(target_type__in=["analysis", "score_set"]).values_list("target_type", "kind"))
    assert kept >= {("analysis", "created"), ("analysis", "updated"), ("analysis", "renamed"), ("analysis", "deleted")}
    assert AuditEntry.objects.filter(target_type="analysis", action="deleted", before__name="Mine").exists()


def test_a_name_is_made_up_once_and_then_numbered(score, train):
    names = [score(train, [train])["analysis"]["name"] for _ in range(2)]
    assert names == ["Quality of train by cnn 1", "Quality of train by cnn 1 2"]


def test_starting_is_in_the_history(score, train, alice):
    score(train, [train])
    entry = AuditEntry.objects.get(action="analysis_started")
    assert (entry.actor, entry.target_name) == (alice, "Quality of train by cnn 1")
    assert entry.after["reference"]["dataset"] == "train"


def test_analyses_are_listed_with_the_newest_first(score, gql, alice, project, train):
    for name in ("One", "Two"):
        score(train, [train], name=name)
    query = "query ($id: ID!) { project(id: $id) { analyses { totalCount edges { node { name } } } } }"
    found = gql(alice, query, {"id": str(project.pk)})["data"]["project"]["analyses"]
    assert [edge["node"]["name"] for edge in found["edges"]] == ["Two", "One"]
    assert Analysis.objects.count() == found["totalCount"]


def make_inference_set_of(embedding_set, labels):
    return make_inference_set(embedding_set.dataset, labels)


def make_inference_set_of_objects(dataset, boxes):
    """Objects that a model found, all of them cells."""
    first = dataset.next_row
    inferences = make_inference_set(dataset, [None] * first + ["cell"] * len(boxes))
    make_objects(dataset, boxes, trained_model=inferences.trained_model)
    return inferences
