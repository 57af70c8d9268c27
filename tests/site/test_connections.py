from __future__ import annotations

import pytest

from apps.accounts.actor import Actor
from apps.projects.services.projects import create_project

PAGE = """query ($first: Int, $after: String, $last: Int, $before: String) {
  projects(first: $first, after: $after, last: $last, before: $before) {
    totalCount edges { cursor node { name } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""


@pytest.fixture
def seven(alice):
    return [create_project(actor=Actor(user=alice), name=f"P{number}") for number in range(7)]


def page(gql, user, **variables):
    answer = gql(user, PAGE, variables)["data"]["projects"]
    return [edge["node"]["name"] for edge in answer["edges"]], answer["pageInfo"], answer["totalCount"]


def test_pages_follow_each_other_without_gap_or_repeat(gql, alice, seven):
    names, info, total = page(gql, alice, first=3)
    assert (names, total) == (["P0", "P1", "P2"], 7)
    assert (info["hasNextPage"], info["hasPreviousPage"]) == (True, False)
    names, info, _ = page(gql, alice, first=3, after=info["endCursor"])
    assert names == ["P3", "P4", "P5"]
    assert (info["hasNextPage"], info["hasPreviousPage"]) == (True, True)
    names, info, _ = page(gql, alice, first=3, after=info["endCursor"])
    assert names == ["P6"]
    assert (info["hasNextPage"], info["hasPreviousPage"]) == (False, True)


def test_the_last_page_can_be_read_backwards(gql, alice, seven):
    names, info, _ = page(gql, alice, last=2)
    assert names == ["P5", "P6"]
    assert (info["hasNextPage"], info["hasPreviousPage"]) == (False, True)
    names, info, _ = page(gql, alice, last=2, before=info["startCursor"])
    assert names == ["P3", "P4"]
    assert (info["hasNextPage"], info["hasPreviousPage"]) == (True, True)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ({"first": 501}, "LIMIT_EXCEEDED", "at most 500"),
        ({"first": -1}, "BAD_USER_INPUT", "0 … 500"),
        ({"last": 501}, "LIMIT_EXCEEDED", "at most 500"),
        ({"first": 1, "last": 1}, "BAD_USER_INPUT", "not both"),
        ({"first": 1, "after": "nonsense"}, "BAD_USER_INPUT", "no cursor"),
        ({"first": 1, "after": "b3JkZXJlZGN1cnNvcjpbMV0="}, "BAD_USER_INPUT", "no cursor"),
    ],
)
def test_a_page_that_cannot_be_cut_is_refused_with_what_is_allowed(gql, alice, seven, arguments, code, words):
    error = gql(alice, PAGE, arguments)["errors"][0]
    assert error["extensions"]["code"] == code
    assert words in error["message"]


def test_a_list_below_a_list_is_fetched_for_all_parents_at_once(
    gql, alice, seven, token_for, django_assert_num_queries
):
    below = "memberships(first: 1) { totalCount edges { node { user { username } } } }"
    query = "{ projects(first: 7) { edges { node { name " + below + " } } } }"
    token = token_for(alice)
    gql(token, query)  # writes when the token was last used
    with django_assert_num_queries(3):  # the token, the projects, their memberships
        answer = gql(token, query)
    nodes = [edge["node"] for edge in answer["data"]["projects"]["edges"]]
    assert [node["memberships"]["totalCount"] for node in nodes] == [1] * 7
    assert nodes[0]["memberships"]["edges"][0]["node"]["user"]["username"] == "alice"


def test_a_list_without_a_page_size_holds_at_most_100(gql, alice):
    for number in range(101):
        create_project(actor=Actor(user=alice), name=f"P{number:03}")
    names, info, total = page(gql, alice)
    assert (len(names), total, info["hasNextPage"]) == (100, 101, True)
