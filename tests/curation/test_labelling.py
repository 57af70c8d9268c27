from __future__ import annotations

import pytest

from apps.curation import tasks
from apps.curation.services import labelling
from apps.datasets.models import Category, Datapoint, Dataset, LabelChange
from apps.jobs.leases import CancelRequested
from apps.jobs.models import Job, JobState, Lane
from apps.jobs.run import JobRun
from apps.jobs.runner import run_next
from apps.projects.models import AuditEntry, Change
from tests.data import make_dataset

FIELDS = "changedCount actionId job { id state title }"


def labels(dataset, first=6):
    found = dict(dataset.datapoints.values_list("row", "category__name"))
    return [found[row] for row in range(first)]


def label(act, caller, selection, name, why=""):
    return act(caller, "setLabel", {"selectionId": selection, "categoryName": name, "why": why}, FIELDS)


def undo(act, caller, action):
    return act(caller, "undoLabelChange", {"actionId": action}, FIELDS)


def test_a_label_is_set_and_its_history_kept(act, bob, dataset, selected):
    answer = label(act, bob, selected(bob, dataset, [1, 2, 4]), "7", "Looked at it")
    assert answer["errors"] == []
    assert answer["changedCount"] == 2  # k1 was a 7 already
    assert answer["job"] is None
    assert labels(dataset) == ["7", "7", "7", "1", "7", None]
    changes = LabelChange.objects.filter(action=answer["actionId"]).order_by("datapoint__row")
    assert [(each.datapoint.key, each.from_category and each.from_category.name) for each in changes] == [
        ("k2", "1"),
        ("k4", None),
    ]
    assert {(each.by.username, each.why, each.is_logged) for each in changes} == {("bob", "Looked at it", False)}
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.after["count"], entry.after["category"]) == ("labelled", 2, "7")


def test_the_logged_label_stays_what_the_source_said(act, bob, dataset, selected):
    label(act, bob, selected(bob, dataset, [0]), "1")
    first = dataset.datapoints.get(row=0)
    assert (first.category.name, first.logged_category.name) == ("1", "7")


def test_versions_and_news_follow_a_label(act, bob, dataset, selected):
    before = Dataset.objects.get()
    label(act, bob, selected(bob, dataset, [5]), "7")
    after = Dataset.objects.get()
    assert after.label_version == before.label_version + 1
    assert after.version == before.version + 1  # a log that was planned on the old labels plans again
    change = Change.objects.latest("seq")
    assert (change.kind, change.target_type, change.version) == ("labelled", "dataset", after.label_version)


def test_nothing_is_told_where_nothing_changed(act, bob, dataset, selected):
    before = Dataset.objects.get().label_version, Change.objects.count(), AuditEntry.objects.count()
    assert label(act, bob, selected(bob, dataset, [0, 1]), "7")["changedCount"] == 0
    assert (Dataset.objects.get().label_version, Change.objects.count(), AuditEntry.objects.count()) == before


def test_a_new_name_makes_a_new_category_with_its_own_colour(act, bob, dataset, selected):
    label(act, bob, selected(bob, dataset, [0]), "cat")
    assert sorted(Category.objects.values_list("name", "colour"), key=lambda pair: pair[1]) == [
        ("7", 0),
        ("1", 1),
        ("cat", 2),
    ]


def test_null_takes_labels_off(act, bob, dataset, selected):
    assert label(act, bob, selected(bob, dataset, [0, 5]), None)["changedCount"] == 1
    assert labels(dataset)[0] is None


def test_undo_sets_back_what_nobody_changed_since(act, alice, bob, dataset, selected):
    action = label(act, bob, selected(bob, dataset, [0, 1, 2, 5]), "9")["actionId"]
    label(act, alice, selected(alice, dataset, [1]), "3")
    answer = undo(act, bob, action)
    assert answer["errors"] == []
    assert answer["changedCount"] == 3
    assert labels(dataset) == ["7", "3", "1", "1", None, None]
    again = undo(act, bob, action)
    assert [error["code"] for error in again["errors"]] == ["CONFLICT"]


def test_an_undo_can_be_undone(act, bob, dataset, selected):
    action = label(act, bob, selected(bob, dataset, [0, 5]), "9")["actionId"]
    undone = undo(act, bob, action)["actionId"]
    undo(act, bob, undone)
    assert labels(dataset)[0] == labels(dataset)[5] == "9"


def test_only_who_did_it_undoes_it(act, alice, bob, dataset, selected):
    action = label(act, bob, selected(bob, dataset, [0]), "9")["actionId"]
    assert [error["code"] for error in undo(act, alice, action)["errors"]] == ["CONFLICT"]
    assert labels(dataset)[0] == "9"


@pytest.mark.parametrize("action", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_action_is_not_found(act, bob, dataset, action):
    assert [error["code"] for error in undo(act, bob, action)["errors"]] == ["NOT_FOUND"]


@pytest.mark.parametrize(("who", "code"), [("vera", "FORBIDDEN"), ("charlie", "NOT_FOUND")])
def test_who_may_not_label_changes_nothing(act, request, bob, dataset, selected, who, code):
    caller = request.getfixturevalue(who)
    action = label(act, bob, selected(bob, dataset, [0]), "9")["actionId"]
    before = list(Datapoint.objects.values()), LabelChange.objects.count(), Category.objects.count()
    answer = label(act, caller, selected(bob, dataset, [1, 2]), "new")
    assert [error["code"] for error in answer["errors"]] == [code]
    assert [error["code"] for error in undo(act, caller, action)["errors"]] == [code]
    assert (list(Datapoint.objects.values()), LabelChange.objects.count(), Category.objects.count()) == before


@pytest.mark.parametrize(
    ("name", "why", "field"), [("", "", "categoryName"), ("x" * 201, "", "categoryName"), ("7", "x" * 501, "why")]
)
def test_wrong_words_are_refused(act, bob, dataset, selected, name, why, field):
    answer = label(act, bob, selected(bob, dataset, [5]), name, why)
    assert [(error["code"], error["field"]) for error in answer["errors"]] == [("BAD_USER_INPUT", field)]
    assert labels(dataset)[5] is None


@pytest.fixture
def _many_is_three(monkeypatch):
    """More than three datapoints become a job, done two by two."""
    monkeypatch.setattr(labelling, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(labelling, "CHUNK", 2)
    monkeypatch.setattr(tasks, "CHUNK", 2)


@pytest.mark.usefixtures("_many_is_three")
@pytest.mark.django_db(transaction=True)
def test_many_labels_are_set_and_undone_by_jobs(act, bob, project, dataset, select):
    other = make_dataset(project, "test", count=5)
    selection = select(bob, {dataset: [0, 1, 2, 3, 4], other: [0, 1, 2]}).json()["id"]
    answer = label(act, bob, selection, "9")
    assert (answer["changedCount"], answer["job"]["state"]) == (0, "QUEUED")
    assert answer["job"]["title"] == "Label 8 datapoints 9"
    assert "9" not in labels(dataset)

    assert run_next(Lane.LIGHT)
    job = Job.objects.get(pk=answer["job"]["id"])
    assert (job.state, job.error) == (JobState.DONE, "")
    assert labels(dataset) == ["9"] * 5 + [None]
    assert labels(other, 5) == ["9", "9", "9", None, None]
    assert LabelChange.objects.filter(action=answer["actionId"], by=bob).count() == 8

    undone = undo(act, bob, answer["actionId"])
    assert run_next(Lane.LIGHT)
    assert Job.objects.get(pk=undone["job"]["id"]).state == JobState.DONE
    assert labels(dataset) == ["7", "7", "1", "1", None, None]
    assert labels(other, 3) == [None, None, None]


@pytest.mark.usefixtures("_many_is_three")
@pytest.mark.django_db(transaction=True)
def test_a_job_that_is_stopped_half_way_says_how_many_labels_it_set(act, bob, dataset, selected, monkeypatch):
    answer = label(act, bob, selected(bob, dataset, list(range(10))), "9")
    assert not AuditEntry.objects.filter(action="labelled").exists()
    tell = JobRun.progress

    def stop_after_four(run, phase, done=0, total=None):
        tell(run, phase, done, total)
        if done >= 4:
            raise CancelRequested

    monkeypatch.setattr(JobRun, "progress", stop_after_four)
    assert run_next(Lane.LIGHT)
    assert Job.objects.get(pk=answer["job"]["id"]).state == JobState.CANCELLED
    assert Datapoint.objects.filter(category__name="9").count() == 4
    entry = AuditEntry.objects.get(action="labelled")
    assert (entry.actor_name, entry.after["count"], entry.after["category"]) == ("bob", 4, "9")
