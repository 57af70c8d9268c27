from __future__ import annotations

import numpy as np
import pytest

from apps.curation import tasks
from apps.curation.services.deleting import delete_rows
from apps.datasets.models import Comment, Datapoint, Dataset, LabelChange, Tag
from apps.jobs.models import Job, JobState, Lane
from apps.jobs.runner import run_next
from apps.projects.models import AuditEntry
from tests.data import make_embedding_set, make_inference_set, make_objects


def delete(act, caller, selection, count):
    return act(caller, "deleteDatapoints", {"selectionId": selection, "confirmCount": count}, "job { id title }")


@pytest.mark.django_db(transaction=True)
def test_datapoints_go_with_all_that_was_known_of_them(act, gql, alice, bob, dataset, selected):
    make_inference_set(dataset, ["7", "1", "1", "1"])
    make_embedding_set(dataset, np.eye(20))
    chosen = selected(bob, dataset, [1, 2, 5])
    act(bob, "tagSelection", {"selectionId": chosen, "name": "check"}, "changedCount")
    act(bob, "setLabel", {"selectionId": chosen, "categoryName": "9"}, "changedCount")
    act(bob, "addComment", {"datapointId": f"{dataset.pk}:1", "text": "Blurred"}, "comment { id }")

    answer = delete(act, alice, chosen, 3)
    assert (answer["errors"], answer["job"]["title"]) == ([], "Delete 3 datapoints")
    assert run_next(Lane.LIGHT)

    assert Job.objects.get(pk=answer["job"]["id"]).state == JobState.DONE
    assert not Datapoint.objects.filter(row__in=[1, 2, 5]).exists()
    assert not LabelChange.objects.exists()
    assert not Comment.objects.exists()
    now = gql(
        alice,
        f"""{{ dataset(id: "{dataset.pk}") {{ datapointCount nextRow datapoints {{ totalCount }}
            inferenceSets {{ edges {{ node {{ inferenceCount }} }} }}
            embeddingSets {{ edges {{ node {{ embeddingCount }} }} }} }}
            tags {{ edges {{ node {{ datapointCount }} }} }} }}""",
    )["data"]
    assert (now["dataset"]["datapointCount"], now["dataset"]["datapoints"]["totalCount"]) == (17, 17)
    assert now["dataset"]["nextRow"] == 20  # rows are never given again
    assert now["dataset"]["inferenceSets"]["edges"][0]["node"]["inferenceCount"] == 2
    assert now["dataset"]["embeddingSets"]["edges"][0]["node"]["embeddingCount"] == 17
    assert now["tags"]["edges"][0]["node"]["datapointCount"] == 0
    assert AuditEntry.objects.get(action="datapoints_deleted").before == {"count": 3}


@pytest.mark.django_db(transaction=True)
def test_objects_go_with_the_context_that_they_lie_in(act, alice, dataset, selected):
    make_objects(dataset, [(1, [0, 0, 0.5, 0.5]), (1, [0.5, 0, 0.5, 0.5]), (2, [0, 0, 1, 1])])
    delete(act, alice, selected(alice, dataset, [1]), 1)
    assert run_next(Lane.LIGHT)
    now = Dataset.objects.get()
    assert (now.datapoint_count, now.object_count) == (19, 1)
    assert list(Datapoint.objects.filter(role="object").values_list("row", flat=True)) == [22]


def test_the_count_must_be_confirmed(act, alice, bob, dataset, selected):
    chosen = selected(bob, dataset, [1, 2])
    answer = delete(act, alice, chosen, 3)
    assert [(error["code"], error["field"]) for error in answer["errors"]] == [("BAD_USER_INPUT", "confirmCount")]
    assert not Job.objects.exists()


@pytest.mark.parametrize(("who", "code"), [("bob", "FORBIDDEN"), ("vera", "FORBIDDEN"), ("charlie", "NOT_FOUND")])
def test_only_owners_delete_datapoints(act, request, bob, dataset, selected, who, code):
    chosen = selected(bob, dataset, [1, 2])
    answer = delete(act, request.getfixturevalue(who), chosen, 2)
    assert [error["code"] for error in answer["errors"]] == [code]
    assert Dataset.objects.get().datapoint_count == Datapoint.objects.count() == 20
    assert not Job.objects.exists()
    assert not Tag.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_goes_with_its_dataset_meanwhile_is_no_failure(act, alice, dataset, selected, monkeypatch):
    answer = delete(act, alice, selected(alice, dataset, [1, 2]), 2)

    def delete_dataset_first(**given):
        Dataset.objects.filter(pk=dataset.pk).delete()
        delete_rows(**given)

    monkeypatch.setattr(tasks, "delete_rows", delete_dataset_first)
    assert run_next(Lane.LIGHT)
    assert Job.objects.get(pk=answer["job"]["id"]).state == JobState.DONE
