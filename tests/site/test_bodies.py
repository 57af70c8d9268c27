from __future__ import annotations

import base64

import pytest

from tests.cast import make_client, make_user
from tests.data import make_dataset

HALF = '"\\ud800"'
DEEP = "[" * 100_000 + "]" * 100_000
LONG = "9" * 5_000
HALF_IN_BYTES = b'"\xed\xa0\x80"'
ZERO = "a\x00b"


@pytest.fixture
def post(db):
    """post(caller, address, JSON) -> the response, of a server that breaks as it does for people."""

    def post(caller, address, text):
        client = make_client(caller)
        client.raise_request_exception = False
        return client.post(address, text, content_type="application/json")

    return post


@pytest.mark.holds(19)
@pytest.mark.parametrize("value", [HALF.encode(), DEEP.encode(), LONG.encode(), HALF_IN_BYTES])
@pytest.mark.parametrize("who", ["anonymous", "alice"])
def test_a_body_that_no_text_or_number_can_hold_is_malformed(post, alice, who, value):
    body = b'{"query": "{ me { id } }", "variables": {"x": ' + value + b"}}"
    answer = post(alice if who == "alice" else None, "/graphql", body)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "BAD_USER_INPUT"


def test_a_whole_surrogate_pair_is_a_character(post, alice, project):
    query = '"mutation ($t: String!, $p: ID!) { updateProject(input: {id: $p, description: $t}) { errors { code } } }"'
    body = f'{{"query": {query}, "variables": {{"t": "\\ud83d\\ude00 \\\\ud800", "p": "{project.pk}"}}}}'
    assert post(alice, "/graphql", body).json()["data"]["updateProject"]["errors"] == []
    project.refresh_from_db()
    assert project.description == "😀 \\ud800"


@pytest.mark.parametrize("value", [HALF, DEEP, LONG])
def test_signing_in_with_what_is_no_text_is_refused(post, value):
    make_user("dora")
    answer = post(None, "/auth/login", f'{{"username": "dora", "password": {value}}}')
    assert answer.status_code in {400, 413, 422}


@pytest.mark.holds(19)
@pytest.mark.parametrize("text", ["[" * 3_000, '["9999999999999999999999999", "9999999999999999999999999"]'])
@pytest.mark.parametrize("name", ["projects", "categories", "datapoints"])
def test_a_made_up_cursor_is_refused_whatever_it_holds(gql, alice, project, name, text):
    make_dataset(project, count=2, labels=["7"])
    cursor = base64.b64encode(f"orderedcursor:{text}".encode()).decode()
    query = f"query ($c: String) {{ {name}(after: $c) {{ edges {{ node {{ id }} }} }} }}"
    errors = gql(alice, query, {"c": cursor}).get("errors", [])
    assert {error["extensions"]["code"] for error in errors} <= {"BAD_USER_INPUT"}
    assert errors or text[1] == '"', "a number that is too large may be one that PostgreSQL compares with"


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        ("projectByName(namespace: $t, name: $t) { id }", "NOT_FOUND"),
        ("datapoints(datasetId: DATASET, keys: [$t]) { edges { node { id } } }", None),
    ],
)
def test_the_character_zero_is_found_nowhere(gql, alice, project, operation, code):
    operation = operation.replace("DATASET", f'"{make_dataset(project, count=2).pk}"')
    answer = gql(alice, f"query ($t: String!) {{ {operation} }}", {"t": ZERO})
    assert [error["extensions"]["code"] for error in answer.get("errors", [])] == ([code] if code else [])
    assert code or answer["data"]["datapoints"]["edges"] == []


@pytest.mark.parametrize(
    "operation",
    [
        "getOrCreateProject(input: {name: $t})",
        "inviteMember(input: {projectId: PROJECT, username: $t, role: VIEWER})",
        "updateProject(input: {id: PROJECT, description: $t})",
    ],
)
def test_the_character_zero_is_refused(gql, alice, project, operation):
    operation = operation.replace("PROJECT", f'"{project.pk}"')
    answer = gql(alice, f"mutation ($t: String!) {{ answer: {operation} {{ errors {{ code }} }} }}", {"t": ZERO})
    assert answer["data"]["answer"]["errors"] == [{"code": "BAD_USER_INPUT"}]


def test_no_datapoint_has_the_character_zero_in_its_key(post, bob, project):
    dataset = make_dataset(project, count=2)
    keys = f'{{"keys": {{"{dataset.pk}": ["k0", "a\\u0000b"]}}}}'
    answer = post(bob, f"/bulk/v1/projects/{project.pk}/selections", keys)
    assert answer.status_code == 422
    assert "no datapoint with the key" in answer.json()["error"]["message"]
