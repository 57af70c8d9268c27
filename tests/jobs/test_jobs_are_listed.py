"""Jobs as GraphQL and the admin show them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.jobs.models import Job, JobState, Lane
from apps.jobs.runner import run_next
from tests.cast import make_user

LIST = """query ($project: ID, $active: Boolean) { jobs(projectId: $project, active: $active) { edges { node {
  kind title lane state phase done total fraction attempt maxAttempts error queuePosition canCancel canRetry
  requestedBy { username } project { fullName } } } } }"""


@pytest.fixture
def listed(gql, alice):
    def listed(**filters):
        answer = gql(alice, LIST, filters)
        return [edge["node"] for edge in answer["data"]["jobs"]["edges"]]

    return listed


def test_queued_jobs_know_their_place(enqueue, listed, project):
    enqueue("count", n=1)
    enqueue("sleep", seconds=1)
    enqueue("count", n=2)
    found = listed(project=str(project.pk), active=True)
    assert [(job["kind"], job["queuePosition"]) for job in found] == [("count", 2), ("sleep", 1), ("count", 1)]
    assert {(job["state"], job["canCancel"], job["canRetry"]) for job in found} == {("QUEUED", True, False)}


def test_a_failed_job_tells_why_and_can_be_retried(enqueue, listed):
    enqueue("refuse")
    run_next(Lane.LIGHT)
    [job] = listed(active=False)
    assert (job["state"], job["error"], job["attempt"], job["maxAttempts"]) == ("FAILED", "Seven is too many.", 1, 3)
    assert (job["canCancel"], job["canRetry"], job["queuePosition"]) == (False, True, None)
    assert (job["requestedBy"], job["project"]) == ({"username": "alice"}, {"fullName": "alice/MNIST"})
    assert listed(active=True) == []


def test_the_fraction_is_counted_work_and_null_where_nothing_is_counted(enqueue, listed):
    job = enqueue("count", n=1)
    Job.objects.filter(pk=job.pk).update(done=3, total=4)
    assert listed()[0]["fraction"] == 0.75
    Job.objects.filter(pk=job.pk).update(done=3, total=None)
    assert listed()[0]["fraction"] is None


def test_any_number_of_jobs_takes_as_many_queries(enqueue, listed):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            listed()
        return len(captured)

    enqueue("count", n=1)
    enqueue("sleep", seconds=1)
    before = queries()
    for _ in range(10):
        enqueue("count", n=1)
    assert queries() == before
    assert len(listed()) == 12


def test_a_deletion_cannot_be_cancelled(enqueue, listed, gql, alice):
    job = enqueue("delete_dataset", dataset_id="11111111-1111-4111-8111-111111111111")
    assert not listed()[0]["canCancel"]
    cancel = "mutation ($id: ID!) { cancelJob(input: {id: $id}) { errors { code message } } }"
    [error] = gql(alice, cancel, {"id": str(job.pk)})["data"]["cancelJob"]["errors"]
    assert error == {"code": "CONFLICT", "message": "A deletion that has begun cannot be cancelled."}
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_a_project_has_a_bounded_number_of_active_jobs(enqueue, monkeypatch):
    monkeypatch.setattr("apps.jobs.services.MOST_ACTIVE", 2)
    enqueue("count", n=1)
    enqueue("count", n=1)
    with pytest.raises(Exception, match="This project has 2 jobs queued or running"):
        enqueue("count", n=1)
    assert Job.objects.count() == 2


def test_staff_cancels_and_runs_jobs_again_in_the_admin_and_edits_nothing(enqueue, client_for):
    job = enqueue("count", n=1)
    client = client_for(make_user("sam", is_staff=True, is_superuser=True))
    page = reverse("admin:jobs_job_changelist")
    assert b"A count" in client.get(page).content
    for action, state in (("cancel", JobState.CANCELLED), ("run_again", JobState.QUEUED)):
        client.post(page, {"action": action, "_selected_action": [str(job.pk)]})
        job.refresh_from_db()
        assert job.state == state
    assert client.post(reverse("admin:jobs_job_change", args=[job.pk]), {"title": "Mine"}).status_code == 403
    assert client.get(reverse("admin:jobs_job_add")).status_code == 403
    assert b"django_q" not in client.get("/admin/").content


def test_jobs_are_searched_by_title(enqueue, gql, alice):
    job, _ = enqueue("count", n=1), enqueue("sleep", seconds=1)
    query = "query ($search: String) { jobs(search: $search) { edges { node { id } } } }"
    found = gql(alice, query, {"search": job.title.upper()})["data"]["jobs"]["edges"]
    assert str(job.pk) in {edge["node"]["id"] for edge in found}
    assert gql(alice, query, {"search": "no such title"})["data"]["jobs"]["edges"] == []


def test_jobs_that_ended_can_be_taken_off_the_list(enqueue, listed, gql, alice):
    delete = "mutation ($id: ID!) { deleteJob(input: {id: $id}) { deletedId errors { code message } } }"
    job = enqueue("refuse")
    waiting = gql(alice, delete, {"id": str(job.pk)})["data"]["deleteJob"]
    assert [error["code"] for error in waiting["errors"]] == ["CONFLICT"]
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    running = gql(alice, delete, {"id": str(job.pk)})["data"]["deleteJob"]
    assert [error["code"] for error in running["errors"]] == ["CONFLICT"]
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    run_next(Lane.LIGHT)
    assert gql(alice, delete, {"id": str(job.pk)})["data"]["deleteJob"] == {"deletedId": str(job.pk), "errors": []}
    assert listed() == []
