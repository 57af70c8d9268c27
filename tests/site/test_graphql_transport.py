from __future__ import annotations

import json

import pytest
from django.test import Client

from apps.projects.models import Project
from tests.cast import make_client

ME = "{ me { username } }"


def post(caller, body, **headers):
    return make_client(caller).post("/graphql", body, content_type="application/json", headers=headers)


@pytest.mark.holds(5)
def test_an_anonymous_caller_may_ask_only_who_they_are(gql, db):
    assert gql(None, ME) == {"data": {"me": None}}
    answer = gql(None, "{ projects { totalCount } }")
    assert answer["data"] is None
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def test_a_signed_in_user_is_told_who_they_are(gql, alice):
    assert gql(alice, ME) == {"data": {"me": {"username": "alice"}}}


def test_a_bearer_token_acts_as_its_user(gql, alice, token_for):
    assert gql(token_for(alice), ME) == {"data": {"me": {"username": "alice"}}}


@pytest.mark.parametrize(
    "body", [" ", "{}", '{"query": ""}', "null", "[]", "nonsense", '{"query": 7}', '{"query": "{ me"}']
)
def test_a_body_without_a_whole_query_is_refused_with_a_reason(alice, body):
    response = post(alice, body)
    assert response.status_code == 400
    answer = response.json()
    code = answer["error"]["code"] if "error" in answer else answer["errors"][0]["extensions"]["code"]
    assert code == "BAD_USER_INPUT"


def test_several_operations_in_one_request_are_refused(alice):
    assert post(alice, json.dumps([{"query": ME}] * 2)).status_code == 400


@pytest.mark.holds(11)
def test_queries_by_get_are_refused(alice):
    assert make_client(alice).get("/graphql", {"query": ME}).status_code == 405


@pytest.mark.holds(11)
def test_forms_and_file_uploads_are_refused(alice):
    forms = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
    for content_type in ("text/plain", *forms):
        response = make_client(alice).post("/graphql", "query={me{id}}", content_type=content_type)
        assert response.status_code == 415


def test_a_body_over_one_mebibyte_is_refused(alice):
    response = post(alice, json.dumps({"query": ME, "variables": {"x": "x" * 1_100_000}}))
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "PAYLOAD_TOO_LARGE"


def test_a_misspelt_field_is_explained_with_status_400(alice):
    response = post(alice, json.dumps({"query": "{ mee { username } }"}))
    assert response.status_code == 400
    error = response.json()["errors"][0]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "Did you mean" in error["message"]


@pytest.mark.holds(5)
def test_an_anonymous_caller_is_told_no_field_names(db):
    message = post(None, json.dumps({"query": "{ mee { username } }"})).json()["errors"][0]["message"]
    assert "Did you mean" not in message
    answer = post(None, json.dumps({"query": "{ __schema { types { name } } }"})).json()
    assert answer["data"] is None


def test_a_signed_in_user_may_read_the_schema(gql, alice):
    assert gql(alice, "{ __schema { queryType { name } } }")["data"]["__schema"]["queryType"]["name"] == "Query"


@pytest.mark.holds(11)
def test_a_cookie_alone_does_not_prove_where_a_request_comes_from(alice):
    body = {"query": 'mutation { createProject(input: {name: "X"}) { errors { code } } }'}
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    assert client.post("/graphql", body, content_type="application/json").status_code == 403
    client.get("/")
    token = client.cookies["csrftoken"].value
    foreign = {"X-CSRFToken": token, "Origin": "https://evil.example"}
    assert client.post("/graphql", body, content_type="application/json", headers=foreign).status_code == 403
    assert not Project.objects.exists()
    own = {"X-CSRFToken": token}
    assert client.post("/graphql", body, content_type="application/json", headers=own).status_code == 200


def test_a_token_needs_no_csrf_token_even_beside_a_cookie(alice, bob, token_for):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    headers = {"Authorization": f"Bearer {token_for(bob)}"}
    response = client.post("/graphql", {"query": ME}, content_type="application/json", headers=headers)
    assert response.json()["data"]["me"] == {"username": "bob"}
