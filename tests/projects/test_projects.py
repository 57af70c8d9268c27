from __future__ import annotations

import pytest
from django.utils import timezone

from apps.accounts.actor import Actor
from apps.accounts.models import ApiToken
from apps.datasets.models import Dataset
from apps.projects.models import AuditEntry, Change, Project, Role
from apps.projects.services.projects import create_project
from tests.cast import make_member

CREATE = """mutation ($name: String!) {
  createProject(input: {name: $name}) {
    project { fullName myRole } errors { code field message }
  }
}"""
GET_OR_CREATE = """mutation ($name: String!) {
  getOrCreateProject(input: {name: $name}) { created project { id fullName } errors { code field message } }
}"""
RENAME = """mutation ($id: ID!, $name: String!) {
  renameProject(input: {id: $id, name: $name}) {
    project { name } errors { code field }
  }
}"""
UPDATE = """mutation ($id: ID!) {
  updateProject(input: {id: $id, description: "Digits"}) { project { description } errors { code } }
}"""
DELETE = """mutation ($id: ID!, $name: String!) {
  deleteProject(input: {id: $id, confirmName: $name}) {
    errors { code field }
  }
}"""
BY_NAME = "query ($namespace: String!, $name: String!) { projectByName(namespace: $namespace, name: $name) { id } }"


def test_who_creates_a_project_owns_it_in_their_namespace(gql, alice):
    payload = gql(alice, CREATE, {"name": "MNIST"})["data"]["createProject"]
    assert payload == {"project": {"fullName": "alice/MNIST", "myRole": "OWNER"}, "errors": []}
    project = Project.objects.get()
    assert AuditEntry.objects.get().action == "created"
    assert Change.objects.get().seq == project.last_seq == 1


@pytest.mark.holds(4)
def test_two_people_may_use_the_same_name(gql, alice, charlie, project):
    assert gql(charlie, CREATE, {"name": "MNIST"})["data"]["createProject"]["project"]["fullName"] == "charlie/MNIST"


@pytest.mark.parametrize("name", ["MNIST", "", "  ", "a/b", "x" * 101, "bad\x00", "\u202e"])
def test_a_name_that_is_taken_or_unusable_is_refused(gql, alice, project, name):
    errors = gql(alice, CREATE, {"name": name})["data"]["createProject"]["errors"]
    assert errors[0]["field"] == "name"
    assert Project.objects.count() == 1


def test_getting_twice_makes_once(gql, alice):
    first = gql(alice, GET_OR_CREATE, {"name": "MNIST"})["data"]["getOrCreateProject"]
    second = gql(alice, GET_OR_CREATE, {"name": "alice/MNIST"})["data"]["getOrCreateProject"]
    assert (first["created"], second["created"]) == (True, False)
    assert first["project"] == second["project"]


@pytest.mark.holds(1, 2)
def test_a_bare_name_never_leads_into_the_project_of_another(gql, alice, bob, project):
    payload = gql(bob, GET_OR_CREATE, {"name": "MNIST"})["data"]["getOrCreateProject"]
    assert payload["project"] is None
    assert "alice/MNIST" in payload["errors"][0]["message"]
    assert gql(bob, GET_OR_CREATE, {"name": "alice/MNIST"})["data"]["getOrCreateProject"]["project"]["id"] == str(
        project.pk
    )
    assert gql(bob, GET_OR_CREATE, {"name": "bob/MNIST"})["data"]["getOrCreateProject"]["created"]


@pytest.mark.holds(4, 6)
def test_a_stranger_learns_nothing_from_a_full_name(gql, charlie, project):
    there = gql(charlie, GET_OR_CREATE, {"name": "alice/MNIST"})["data"]["getOrCreateProject"]
    nowhere = gql(charlie, GET_OR_CREATE, {"name": "alice/Nothing"})["data"]["getOrCreateProject"]
    assert there == nowhere
    assert there["errors"][0]["code"] == "NOT_FOUND"
    by_name = [
        gql(charlie, BY_NAME, {"namespace": "alice", "name": name})["errors"][0]["message"]
        for name in ("MNIST", "Nothing")
    ]
    assert by_name[0] == by_name[1]


def test_renaming_keeps_the_name_before_in_the_history(gql, alice, project):
    assert gql(alice, RENAME, {"id": str(project.pk), "name": "Digits"})["data"]["renameProject"]["project"] == {
        "name": "Digits"
    }
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.before, entry.after) == ("renamed", {"name": "MNIST"}, {"name": "Digits"})


@pytest.mark.holds(4)
def test_an_owner_who_is_not_the_namespace_cannot_try_names_out(gql, alice, bob, project):
    create_project(actor=Actor(user=alice), name="Secret")
    project.memberships.filter(user=bob).update(role=Role.OWNER)
    payload = gql(bob, RENAME, {"id": str(project.pk), "name": "Secret"})["data"]["renameProject"]
    assert payload["errors"] == [{"code": "FORBIDDEN", "field": None}]


@pytest.mark.holds(7, 8)
def test_a_deleted_project_is_gone_at_once_with_its_tokens(gql, alice, vera, project, token_for):
    token_for(alice, project=project)
    assert gql(alice, DELETE, {"id": str(project.pk), "name": "MNIST"})["data"]["deleteProject"]["errors"] == []
    for user in (alice, vera):
        assert gql(user, "{ projects { totalCount } }")["data"]["projects"]["totalCount"] == 0
    assert not ApiToken.objects.exists()
    assert AuditEntry.objects.first().action == "deleted"
    assert gql(alice, CREATE, {"name": "MNIST"})["data"]["createProject"]["errors"] == []


def test_deleting_needs_the_name_typed_again(gql, alice, project):
    errors = gql(alice, DELETE, {"id": str(project.pk), "name": "mnist"})["data"]["deleteProject"]["errors"]
    assert errors == [{"code": "BAD_USER_INPUT", "field": "confirmName"}]
    project.refresh_from_db()
    assert project.deleted_at is None


@pytest.mark.holds(3)
@pytest.mark.parametrize("query", [RENAME, UPDATE, DELETE])
@pytest.mark.parametrize(("who", "code"), [("bob", "FORBIDDEN"), ("vera", "FORBIDDEN"), ("charlie", "NOT_FOUND")])
def test_only_an_owner_renames_describes_and_deletes(gql, request, project, query, who, code):
    user = request.getfixturevalue(who)
    before = Project.objects.values().get(pk=project.pk)
    entries = AuditEntry.objects.count()
    variables = {"id": str(project.pk)} | ({"name": "MNIST"} if "$name" in query else {})
    payload = next(iter(gql(user, query, variables)["data"].values()))
    assert payload["errors"][0]["code"] == code
    assert Project.objects.values().get(pk=project.pk) == before
    assert AuditEntry.objects.count() == entries


@pytest.mark.holds(1, 3)
def test_staff_sees_no_project_without_being_a_member(gql, django_user_model, project):
    staff = django_user_model.objects.create_superuser("root", password="x")
    assert gql(staff, "{ projects { totalCount } }")["data"]["projects"]["totalCount"] == 0
    assert gql(staff, "query ($id: ID!) { project(id: $id) { name } }", {"id": str(project.pk)})["errors"]


def test_roles_are_shown_for_each_project(gql, alice, bob, project):
    other = create_project(actor=Actor(user=alice), name="Other")
    make_member(other, bob, Role.VIEWER)
    edges = gql(bob, "{ projects { edges { node { name myRole } } } }")["data"]["projects"]["edges"]
    assert [edge["node"] for edge in edges] == [
        {"name": "MNIST", "myRole": "EDITOR"},
        {"name": "Other", "myRole": "VIEWER"},
    ]


@pytest.mark.holds(6)
@pytest.mark.parametrize("id", ["nonsense", "00000000-0000-0000-0000-000000000000", "", "1", "'; DROP TABLE x"])
def test_an_id_of_nothing_gives_the_answer_for_a_project_of_others(gql, charlie, project, id):
    query = "query ($id: ID!) { project(id: $id) { name } }"
    mine = gql(charlie, query, {"id": id})["errors"][0]
    others = gql(charlie, query, {"id": str(project.pk)})["errors"][0]
    for error in (mine, others):
        error["extensions"].pop("requestId")
    assert mine == others


def test_a_project_counts_the_datapoints_of_its_datasets(gql, alice, bob, project):
    Dataset.objects.create(project=project, name="a", datapoint_count=5)
    Dataset.objects.create(project=project, name="b", datapoint_count=7)
    Dataset.objects.create(project=project, name="c", datapoint_count=9, deleted_at=timezone.now())
    create_project(actor=Actor(user=bob), name="Empty")
    edges = gql(bob, "{ projects { edges { node { name datapointCount } } } }")["data"]["projects"]["edges"]
    assert [edge["node"] for edge in edges] == [
        {"name": "MNIST", "datapointCount": 12},
        {"name": "Empty", "datapointCount": 0},
    ]
    one = gql(bob, "query ($id: ID!) { project(id: $id) { datapointCount myRole } }", {"id": str(project.pk)})
    assert one["data"]["project"] == {"datapointCount": 12, "myRole": "EDITOR"}


def test_everything_below_a_project_can_be_listed(gql, alice, project):
    below = [
        "datasets",
        "categories",
        "tags",
        "slices",
        "modelArchitectures",
        "projectionSets",
        "jobs",
        "memberships",
        "auditEntries",
    ]
    query = "query ($id: ID!) { project(id: $id) { " + " ".join(f"{name} {{ totalCount }}" for name in below) + " } }"
    counts = gql(alice, query, {"id": str(project.pk)})["data"]["project"]
    assert {name: found["totalCount"] for name, found in counts.items()} == dict.fromkeys(below, 0) | {
        "memberships": 1,
        "auditEntries": 1,
    }
