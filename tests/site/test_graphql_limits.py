from __future__ import annotations

import logging

import pytest

from apps.projects import access
from tests.cast import make_client


def refused(gql, user, query, variables=None) -> str:
    answer = gql(user, query, variables)
    assert answer["data"] is None
    error = answer["errors"][0]
    assert error["extensions"]["code"] == "QUERY_TOO_COMPLEX"
    assert error["extensions"]["requestId"]
    return error["message"]


def braces(parts) -> str:
    return "{ " + " ".join(parts) + " }"


def nested(levels: int) -> str:
    below = "name"
    for level in range(levels):
        below = f"datasets(first: 1) {{ edges {{ node {{ project {{ {below} }} }} }} }}" if level else below
    return "{ projects(first: 1) { edges { node { " + below + " } } } }"


@pytest.mark.holds(19)
def test_a_query_that_is_too_deep_is_refused(gql, alice):
    assert "12 levels" in refused(gql, alice, nested(5))
    assert gql(alice, nested(2)).get("errors") is None


@pytest.mark.holds(19)
def test_a_query_with_too_many_aliases_is_refused(gql, alice):
    assert "30 aliases" in refused(gql, alice, braces(f"a{n}: me {{ id }}" for n in range(31)))
    assert gql(alice, braces(f"a{n}: me {{ id }}" for n in range(30))).get("errors") is None


@pytest.mark.holds(19)
def test_aliases_in_fragments_count_each_time_they_are_used(gql, alice):
    fragments = "fragment F on Query " + braces(f"a{n}: me {{ id }}" for n in range(20))
    assert gql(alice, fragments + " { ...F }").get("errors") is None
    query = "{ ...F b: me { id } ...G } fragment G on Query " + braces(f"b{n}: me {{ id }}" for n in range(20))
    assert "30 aliases" in refused(gql, alice, f"{query} {fragments}")


@pytest.mark.holds(19)
def test_a_query_with_too_many_tokens_is_refused(gql, alice):
    assert "2000 tokens" in refused(gql, alice, braces(["me { id }"] * 600))


@pytest.mark.holds(19)
def test_fragments_that_multiply_are_refused_before_they_run(gql, alice):
    parts = ["{ projects { edges { node { ...F0 } } } }"]
    for number in range(15):
        below = f"jobs {{ edges {{ node {{ project {{ ...F{number + 1} }} }} }} }}"
        parts.append(f"fragment F{number} on Project {{ a: {below} b: {below} }}")
    refused(gql, alice, " ".join([*parts, "fragment F15 on Project { name }"]))


@pytest.mark.holds(19)
@pytest.mark.parametrize("fields", ["me { id }", "projects { totalCount }"])
def test_fragments_that_only_multiply_each_other_are_refused_at_once(gql, alice, fields):
    parts = ["{ ...F0 }"]
    parts += [f"fragment F{number} on Query {{ ...F{number + 1} ...F{number + 1} }}" for number in range(100)]
    query = " ".join([*parts, "fragment F100 on Query { " + fields + " }"])
    refused(gql, alice, query)
    assert gql(None, query)["data"] is None


@pytest.mark.holds(19)
def test_introspection_that_goes_round_in_circles_is_refused(alice):
    below = "name"
    for _ in range(6):
        below = "fields { type { " + below + " } }"
    query = {"query": "{ __schema { types { " + below + " } } }"}
    assert make_client(alice).post("/graphql", query, content_type="application/json").status_code == 400


def test_fragments_in_a_circle_are_refused(alice):
    query = "{ me { ...A } } fragment A on User { ...B } fragment B on User { ...A }"
    response = make_client(alice).post("/graphql", {"query": query}, content_type="application/json")
    assert response.status_code == 400


PAGES = "projects(first: $n) { edges { node { datasets(first: $n) { edges { node { name } } } } } }"


@pytest.mark.holds(19)
@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("{ " + PAGES.replace("$n", "500") + " }", {}),
        ("query ($n: Int!) { " + PAGES + " }", {"n": 300}),
        ("query ($n: Int = 400) { " + PAGES + " }", {}),
        (
            "{ projects { edges { node { datasets { edges { node { datapoints { edges { node { key } } } } } } } } } }",
            {},
        ),
        (
            "{ projects { edges { node { ...F } } } } fragment F on Project { jobs(first: 500) { edges { cursor } } }",
            {},
        ),
    ],
)
def test_pages_within_pages_that_fetch_too_much_are_refused(gql, alice, query, variables):
    assert "50,000 rows" in refused(gql, alice, query, variables)


def test_counting_a_list_costs_no_page(gql, alice, project):
    query = "{ projects(first: 500) { edges { node { datasets(first: 500) { totalCount } } } } }"
    assert gql(alice, query).get("errors") is None


def test_a_failure_inside_tells_a_request_id_and_nothing_else(gql, alice, project, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise RuntimeError("SELECT password FROM /etc/db")

    monkeypatch.setattr(access, "get", fail)
    with caplog.at_level(logging.ERROR, logger="chroma.graphql"):
        error = gql(alice, "query ($id: ID!) { project(id: $id) { name } }", {"id": str(project.pk)})["errors"][0]
    assert error["extensions"]["code"] == "INTERNAL"
    assert "SELECT" not in str(error)
    assert error["extensions"]["requestId"] in error["message"]
    assert error["extensions"]["requestId"] in caplog.text


@pytest.mark.parametrize(
    ("query", "variables", "words"),
    [
        ("query ($n: Int) { projects(first: $n) { totalCount } }", {"n": 2**31}, "2147483647"),
        ("query ($n: Int) { projects(first: $n) { totalCount } }", {"n": "1"}, "whole number"),
        ("query ($id: ID!) { project(id: $id) { name } }", {}, "$id"),
    ],
)
def test_variables_that_do_not_fit_are_refused_with_a_reason(alice, query, variables, words):
    response = make_client(alice).post(
        "/graphql", {"query": query, "variables": variables}, content_type="application/json"
    )
    assert response.status_code == 400
    assert words in response.content.decode()
