from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from apps.accounts.models import ApiToken
from apps.projects.models import AuditEntry
from tests.cast import make_client

CREATE = """mutation ($input: CreateApiTokenInput!) {
  createApiToken(input: $input) {
    secret apiToken { id name prefix scope project { name } } errors { code field message }
  }
}"""
REVOKE = "mutation ($id: ID!) { revokeApiToken(input: {id: $id}) { apiToken { revokedAt } errors { code } } }"
LIST = "{ apiTokens { edges { node { name } } } }"
ME = "{ me { username } }"


def create(gql, caller, **fields):
    return gql(caller, CREATE, {"input": {"name": "laptop", "scope": "WRITE", **fields}})


@pytest.mark.holds(7)
def test_a_token_is_shown_once_and_stored_only_as_a_digest(gql, alice):
    payload = create(gql, alice)["data"]["createApiToken"]
    secret = payload["secret"]
    assert secret.startswith(payload["apiToken"]["prefix"])
    row = ApiToken.objects.values().get()
    assert secret not in str(row)
    assert gql(secret, ME)["data"]["me"] == {"username": "alice"}


@pytest.mark.holds(7)
def test_a_token_is_made_by_a_person_and_not_by_a_token(gql, alice, token_for):
    secret = token_for(alice)
    errors = create(gql, secret)["data"]["createApiToken"]["errors"]
    assert errors[0]["code"] == "FORBIDDEN"
    assert ApiToken.objects.count() == 1


@pytest.mark.holds(7)
@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"expiresDays": 0}, "expiresDays"),
        ({"expiresDays": 366}, "expiresDays"),
    ],
)
def test_a_token_out_of_bounds_is_refused(gql, alice, fields, field):
    errors = create(gql, alice, **fields)["data"]["createApiToken"]["errors"]
    assert (errors[0]["code"], errors[0]["field"]) == ("BAD_USER_INPUT", field)
    assert not ApiToken.objects.exists()


@pytest.mark.holds(2)
def test_a_token_cannot_be_limited_to_a_project_of_others(gql, charlie, project):
    errors = create(gql, charlie, projectId=str(project.pk))["data"]["createApiToken"]["errors"]
    assert errors[0]["code"] == "NOT_FOUND"


@pytest.mark.holds(1, 7)
def test_a_token_limited_to_a_project_sees_no_other(gql, alice, bob, project, token_for):
    gql(bob, 'mutation { createProject(input: {name: "Mine"}) { errors { code } } }')
    secret = token_for(bob, project=project)
    names = gql(secret, "{ projects { edges { node { name } } } }")["data"]["projects"]["edges"]
    assert names == [{"node": {"name": "MNIST"}}]
    made = gql(secret, 'mutation { createProject(input: {name: "More"}) { errors { code } } }')
    assert made["data"]["createProject"]["errors"] == [{"code": "FORBIDDEN"}]


@pytest.mark.holds(7)
def test_a_token_with_scope_read_changes_nothing(gql, alice, project, token_for):
    answer = gql(
        token_for(alice, scope="read"),
        'mutation ($id: ID!) { renameProject(input: {id: $id, name: "X"}) { errors { code } } }',
        {"id": str(project.pk)},
    )
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    project.refresh_from_db()
    assert project.name == "MNIST"


@pytest.mark.holds(7)
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"revoked_at": timezone.now()}, "revoked on"),
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, "expired on"),
    ],
)
def test_a_token_that_ended_says_why(alice, token_for, fields, words):
    response = make_client(token_for(alice, **fields)).post("/graphql", {"query": ME}, content_type="application/json")
    assert response.status_code == 401
    assert words in response.json()["error"]["message"]


@pytest.mark.holds(7)
@pytest.mark.parametrize(
    "header",
    [
        "Basic YTpi",
        "Bearer",
        "Bearer ",
        "Bearer chr_short",
        "Token x",
        "Bearer " + "x" * 10_000,
        "Bearer chr_" + "ä" * 43,
    ],
)
def test_what_is_no_token_is_refused_alike(db, client, header):
    response = client.post(
        "/graphql", {"query": ME}, content_type="application/json", headers={"Authorization": header}
    )
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.holds(7)
def test_a_token_in_an_address_is_refused(alice, client, token_for):
    assert client.get("/", {"token": token_for(alice)}).status_code == 400


@pytest.mark.holds(7, 8)
def test_a_token_of_a_disabled_user_opens_nothing(gql, alice, token_for):
    secret = token_for(alice)
    alice.is_active = False
    alice.save()
    assert gql(secret, ME)["error"]["code"] == "UNAUTHENTICATED"


@pytest.mark.holds(7)
def test_a_revoked_token_ends_at_once_and_is_audited(gql, alice):
    payload = create(gql, alice)["data"]["createApiToken"]
    answer = gql(alice, REVOKE, {"id": payload["apiToken"]["id"]})["data"]["revokeApiToken"]
    assert answer["errors"] == []
    assert gql(payload["secret"], ME)["error"]["code"] == "UNAUTHENTICATED"
    assert list(AuditEntry.objects.values_list("action", flat=True)[:2]) == ["token_revoked", "token_created"]


@pytest.mark.holds(1, 2, 7)
def test_nobody_sees_or_revokes_the_tokens_of_others(gql, alice, charlie, token_for):
    token_for(alice)
    token = ApiToken.objects.get()
    assert gql(charlie, LIST)["data"]["apiTokens"]["edges"] == []
    assert gql(charlie, REVOKE, {"id": str(token.pk)})["data"]["revokeApiToken"]["errors"] == [{"code": "NOT_FOUND"}]
    answer = gql(charlie, "query ($id: ID!) { apiToken(id: $id) { name } }", {"id": str(token.pk)})
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    token.refresh_from_db()
    assert token.revoked_at is None


def test_using_a_token_often_writes_its_last_use_once_a_minute(gql, alice, token_for):
    secret = token_for(alice)
    gql(secret, ME)
    first = ApiToken.objects.get().last_used_at
    gql(secret, ME)
    assert ApiToken.objects.get().last_used_at == first


def test_the_command_prints_a_token_and_nothing_else(gql, alice, project):
    output = StringIO()
    call_command("create_token", "alice", "--project", "MNIST", "--scope", "read", "--expires-days", "7", stdout=output)
    secret = output.getvalue().strip()
    assert gql(secret, ME)["data"]["me"] == {"username": "alice"}
    token = ApiToken.objects.get()
    assert (token.scope, token.project_id) == ("read", project.pk)


@pytest.mark.parametrize(
    "arguments",
    [
        ["nobody"],
        ["alice", "--project", "Nothing"],
        ["alice", "--expires-days", "1000"],
        ["alice", "--expires-days", "soon"],
    ],
)
def test_the_command_refuses_what_it_cannot_do(alice, project, arguments):
    with pytest.raises(CommandError):
        call_command("create_token", *arguments)
    assert not ApiToken.objects.exists()
