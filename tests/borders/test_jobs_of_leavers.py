"""A job acts by the role of who asked for it: asked when it starts, and again when its result is written."""

from __future__ import annotations

from contextlib import contextmanager

import numpy as np
import pytest

from apps.accounts.actor import Actor
from apps.accounts.models import User
from apps.curation import tasks
from apps.curation.imports.services import state_of
from apps.curation.models import Export, Import
from apps.curation.services import labelling
from apps.datasets.models import Datapoint, Dataset, LabelChange
from apps.jobs.models import Job, JobState, Lane
from apps.jobs.run import JobRun
from apps.jobs.runner import run_next
from apps.jobs.services import cancel_job
from apps.projections.models import ProjectionSet
from apps.projects.models import AuditEntry, Membership
from tests.cast import post_graphql
from tests.data import make_dataset, make_embedding_set
from tests.transfer.conftest import Sender
from tests.world import make_selection

pytestmark = [pytest.mark.holds(8), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def dataset(project, monkeypatch):
    # More than two labels become a job, done one by one.
    monkeypatch.setattr(labelling, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(tasks, "CHUNK", 1)
    return make_dataset(project, count=6, labels=["7"] * 6)


def ask(user, name: str, input: dict) -> None:
    query = (
        f"mutation ($input: {name[0].upper()}{name[1:]}Input!) {{ {name}(input: $input) {{ errors {{ message }} }} }}"
    )
    assert post_graphql(user, query, {"input": input}) == {"data": {name: {"errors": []}}}


def ask_for_export(bob, dataset) -> None:
    ask(bob, "createExport", {"projectId": str(dataset.project_id), "datasetId": str(dataset.pk), "format": "CSV"})


def ask_for_map(bob, dataset) -> None:
    vectors = make_embedding_set(dataset, np.eye(6))
    ask(bob, "runProjection", {"embeddingSetIds": [str(vectors.pk)], "method": "pca"})


def ask_for_import(bob, dataset) -> None:
    sender = Sender(bob, dataset.project)
    assert sender.start(sender.inspect(b"key,label\nnew,1\n"), "brought in")["errors"] == []


def ask_for_labels(bob, dataset) -> None:
    selection = make_selection(dataset, bob)
    ask(bob, "setLabel", {"selectionId": str(selection.pk), "categoryName": "9"})


# Each kind of job that needs a role, and whether anything of its result is there.
KINDS = {
    "export": (ask_for_export, lambda: Export.objects.exclude(path="").exists()),
    "run_projection": (ask_for_map, lambda: ProjectionSet.objects.exclude(finished_at=None).exists()),
    "import": (ask_for_import, lambda: Dataset.objects.filter(name="brought in").exists()),
    "set_label": (ask_for_labels, LabelChange.objects.exists),
}


def remove(bob) -> None:
    Membership.objects.filter(user=bob).delete()


def disable(bob) -> None:
    User.objects.filter(pk=bob.pk).update(is_active=False)


def delete(bob) -> None:
    bob.delete()


def demote(bob) -> None:
    Membership.objects.filter(user=bob).update(role="viewer")


def run_jobs() -> None:
    while run_next(Lane.LIGHT) or run_next(Lane.HEAVY):
        pass


def at_the_end(monkeypatch, act) -> None:
    """Act when all is computed and only the commit is left."""
    commit = JobRun.commit

    @contextmanager
    def late(run):
        act()
        with commit(run):
            yield

    monkeypatch.setattr(JobRun, "commit", late)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("end", [remove, disable, delete])
def test_a_queued_job_of_a_leaver_does_nothing(bob, dataset, kind, end):
    ask_for, is_there = KINDS[kind]
    ask_for(bob, dataset)
    end(bob)
    run_jobs()
    job = Job.objects.filter(kind=kind).get()
    assert job.state == JobState.FAILED
    assert ("gone" if end is delete else "bob may no longer do this in the project") in job.error
    assert not is_there()


@pytest.mark.parametrize(
    ("kind", "end"), [*[(kind, remove) for kind in KINDS], ("export", disable), ("import", demote)]
)
def test_a_running_job_of_a_leaver_leaves_no_result(bob, dataset, monkeypatch, kind, end):
    ask_for, is_there = KINDS[kind]
    ask_for(bob, dataset)
    at_the_end(monkeypatch, lambda: end(bob))
    run_jobs()
    job = Job.objects.filter(kind=kind).get()
    assert (job.state, job.error) == (JobState.FAILED, "bob may no longer do this in the project.")
    if kind == "import":
        assert state_of(Import.objects.get()) == "failed"
        # Its rows were logged while Bob still might; nothing says that the import as a whole was done.
        assert Import.objects.get().report is None
    elif kind == "set_label":
        assert AuditEntry.objects.get(action="labelled").after["count"] == 3
    else:
        assert not is_there()


def test_a_job_that_works_part_by_part_stops_where_its_asker_left(bob, dataset, monkeypatch):
    ask_for_labels(bob, dataset)
    tell = JobRun.progress

    def leave_after_one(run, phase, done=0, total=None):
        tell(run, phase, done, total)
        if done == 1:
            remove(bob)

    monkeypatch.setattr(JobRun, "progress", leave_after_one)
    run_jobs()
    assert Job.objects.get().error == "bob may no longer do this in the project."
    assert Datapoint.objects.filter(category__name="9").count() == 1
    entry = AuditEntry.objects.get(action="labelled")
    assert (entry.actor_name, entry.after["count"]) == ("bob", 1)


def test_a_job_that_is_really_cancelled_half_way_says_how_far_it_came(bob, dataset, monkeypatch):
    ask_for_labels(bob, dataset)
    tell = JobRun.progress

    def cancel_after_one(run, phase, done=0, total=None):
        tell(run, phase, done, total)
        if done == 1:
            cancel_job(actor=Actor(user=bob), job=Job.objects.get())

    monkeypatch.setattr(JobRun, "progress", cancel_after_one)
    run_jobs()
    assert Job.objects.get().state == JobState.CANCELLED
    assert Datapoint.objects.filter(category__name="9").count() == 1
    assert AuditEntry.objects.get(action="labelled").after["count"] == 1


def test_a_deletion_goes_on_whoever_leaves(alice, dataset):
    """What it has hidden already would stay half deleted."""
    ask(alice, "deleteDataset", {"id": str(dataset.pk), "confirmName": "train"})
    disable(alice)
    run_jobs()
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}
    assert not Dataset.objects.exists()


def test_a_job_runs_again_for_who_asks_again(alice, bob, dataset):
    ask_for_export(bob, dataset)
    remove(bob)
    run_jobs()
    ask(alice, "retryJob", {"id": str(Job.objects.get().pk)})
    run_jobs()
    assert Job.objects.get().state == JobState.DONE


def test_staff_runs_a_job_again_for_who_asked_for_it(client_for, sam, bob, dataset):
    """Staff needs no role to do so, and the job gets none by it."""
    ask_for_export(bob, dataset)
    Job.objects.update(state=JobState.FAILED)
    job = Job.objects.get()
    client_for(sam).post("/admin/jobs/job/", {"action": "run_again", "_selected_action": [str(job.pk)]})
    run_jobs()
    job.refresh_from_db()
    assert (job.state, job.error, job.requested_by) == (JobState.DONE, "", bob)
