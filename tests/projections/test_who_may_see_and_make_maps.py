"""Viewers look, editors make, strangers learn nothing."""

from __future__ import annotations

import pytest

from apps.jobs.models import Job, JobState
from apps.jobs.services import cancel_job
from apps.projections.models import ProjectionSet, Projector

pytestmark = pytest.mark.holds(3)

READS = {
    "projectionSet": "query ($id: ID!) { projectionSet(id: $id) { id } }",
    "projector": "query ($id: ID!) { projector(id: $id) { id } }",
    "job": "query ($id: ID!) { job(id: $id) { id } }",
}
LISTS = "{ projectionSets { totalCount } projectors { totalCount } jobs { totalCount } }"
ON_ID = "mutation ($id: ID!) { %s(input: {id: $id%s}) { errors { code } } }"
WRITES = {
    "renameProjectionSet": ON_ID % ("renameProjectionSet", ', name: "New"'),
    "cancelJob": ON_ID % ("cancelJob", ""),
    "retryJob": ON_ID % ("retryJob", ""),
    "deleteProjectionSet": ON_ID % ("deleteProjectionSet", ""),
}
ARRAYS = ["positions", "members", "keys"]


@pytest.fixture
def made(run, train, actor):
    """A map whose job was cancelled: its ids by the name of the noun."""
    map_id = run([train])["projectionSet"]["id"]
    stored = ProjectionSet.objects.get(pk=map_id)
    cancel_job(actor=actor, job=stored.job)
    return {"projectionSet": map_id, "projector": str(stored.projector_id), "job": str(stored.job_id)}


def id_for(made, write):
    return made["job"] if write.endswith("Job") else made["projectionSet"]


def test_a_viewer_reads_all_of_it(gql, vera, made):
    for noun, query in READS.items():
        assert gql(vera, query, {"id": made[noun]})["data"][noun] == {"id": made[noun]}
    lists = gql(vera, LISTS)["data"]
    assert {found["totalCount"] for found in lists.values()} == {1}


@pytest.mark.holds(1)
def test_a_stranger_sees_none_of_it(gql, charlie, client_for, made):
    for noun, query in READS.items():
        answer = gql(charlie, query, {"id": made[noun]})
        assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    assert {found["totalCount"] for found in gql(charlie, LISTS)["data"].values()} == {0}
    for array in ARRAYS:
        response = client_for(charlie).get(f"/bulk/v1/projection-sets/{made['projectionSet']}/{array}")
        assert (response.status_code, response.json()["error"]["code"]) == (404, "NOT_FOUND")
        anonymous = client_for(None).get(f"/bulk/v1/projection-sets/{made['projectionSet']}/{array}")
        assert anonymous.status_code == 401


@pytest.mark.parametrize("write", WRITES)
def test_a_viewer_changes_none_of_it(gql, vera, made, write):
    answer = gql(vera, WRITES[write], {"id": id_for(made, write)})
    assert answer["data"][write]["errors"] == [{"code": "FORBIDDEN"}]
    assert_unchanged()


@pytest.mark.parametrize("write", WRITES)
def test_a_stranger_changes_none_of_it(gql, charlie, made, write):
    answer = gql(charlie, WRITES[write], {"id": id_for(made, write)})
    assert answer["data"][write]["errors"] == [{"code": "NOT_FOUND"}]
    assert_unchanged()


@pytest.mark.parametrize("write", ["renameProjectionSet", "retryJob", "deleteProjectionSet"])
def test_an_editor_may(gql, bob, made, write):
    assert gql(bob, WRITES[write], {"id": id_for(made, write)})["data"][write]["errors"] == []


def test_a_viewer_and_a_stranger_make_no_map(run, train, vera, charlie):
    assert [error["code"] for error in run([train], caller=vera)["errors"]] == ["FORBIDDEN"]
    assert [error["code"] for error in run([train], caller=charlie)["errors"]] == ["NOT_FOUND"]
    assert not ProjectionSet.objects.exists()


def test_a_job_that_ended_cannot_be_cancelled_nor_a_queued_one_retried(gql, alice, made):
    cancel = gql(alice, WRITES["cancelJob"], {"id": made["job"]})
    assert cancel["data"]["cancelJob"]["errors"] == [{"code": "CONFLICT"}]
    retry = WRITES["retryJob"].replace("errors { code }", "job { state attempt queuePosition canCancel canRetry }")
    queued = {"state": "QUEUED", "attempt": 0, "queuePosition": 1, "canCancel": True, "canRetry": False}
    assert gql(alice, retry, {"id": made["job"]})["data"]["retryJob"] == {"job": queued}
    again = gql(alice, WRITES["retryJob"], {"id": made["job"]})
    assert again["data"]["retryJob"]["errors"] == [{"code": "CONFLICT"}]


def assert_unchanged():
    assert ProjectionSet.objects.get().name == "PCA fc2"
    assert Job.objects.get().state == JobState.CANCELLED


def test_maps_are_found_by_name_and_by_the_embeddings_they_show(gql, vera, made):
    def named(argument):
        listed = gql(vera, f"{{ projectionSets({argument}) {{ edges {{ node {{ name }} }} }} }}")["data"]
        return [edge["node"]["name"] for edge in listed["projectionSets"]["edges"]]

    shown = ProjectionSet.objects.get()
    assert named(f'search: "{shown.name.upper()}"') == [shown.name]
    assert named('search: "another"') == []
    assert named(f'embeddingSetId: "{shown.sources.get().embedding_set_id}"') == [shown.name]
    assert named(f'embeddingSetId: "{shown.pk}"') == named('embeddingSetId: "rubbish"') == []


def test_parameters_go_only_when_no_map_was_made_with_them(gql, alice, made):
    delete = ON_ID % ("deleteProjector", "")
    refused = gql(alice, delete, {"id": made["projector"]})["data"]["deleteProjector"]["errors"]
    assert refused == [{"code": "CONFLICT"}]
    assert Projector.objects.get() == ProjectionSet.objects.get().projector
    gql(alice, WRITES["deleteProjectionSet"], {"id": made["projectionSet"]})
    assert gql(alice, delete, {"id": made["projector"]})["data"]["deleteProjector"]["errors"] == []
    assert not Projector.objects.exists()
