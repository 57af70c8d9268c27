"""Every door, to everybody: owner, editor, viewer, stranger, staff without membership, nobody, and API tokens.

Alice owns the project, Bob edits, Vera views. Charlie is a stranger, and so is Sam, whatever the admin lets him do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from apps.accounts.actor import Actor
from apps.accounts.models import User
from apps.projects.models import AuditEntry, Role
from apps.projects.services.projects import create_project
from chroma_site.schema import schema
from chroma_site.websocket import websocket_urlpatterns
from tests.cast import make_client, make_member, make_token, make_user, post_graphql
from tests.site import doors
from tests.site.doors import ANYBODY, OWNER, SIGNED_IN, Address
from tests.world import make_world

pytestmark = pytest.mark.holds(3)

ROLES = {"charlie": SIGNED_IN, "sam": SIGNED_IN, "vera": doors.VIEWER, "bob": doors.EDITOR, "alice": OWNER}
STRANGERS = {"charlie", "sam"}


@pytest.fixture
def world(alice, bob, vera, charlie, sam, project):
    make_user("emil")
    world = make_world(alice, project)
    world.ids["otherMembership"] = str(make_member(project, make_user("dora"), Role.VIEWER).pk)
    return world


@pytest.fixture
def people(alice, bob, vera, charlie, sam) -> dict[str, User]:
    return {"charlie": charlie, "sam": sam, "vera": vera, "bob": bob, "alice": alice}


@pytest.fixture
def elsewhere(alice) -> str:
    """An API token of the owner, for another of her projects: a stranger in this one."""
    return make_token(alice, project=create_project(actor=Actor(user=alice), name="Elsewhere"))


def root_fields(kind: str) -> set[str]:
    return set(schema._schema.get_type(kind).fields)


def test_every_field_of_the_graphql_roots_is_in_the_table():
    listed = set(doors.LISTS) | doors.OWN_LISTS | doors.SINGULARS | doors.OTHER_QUERIES
    assert listed == root_fields("Query")
    assert set(doors.MUTATIONS) == root_fields("Mutation")
    assert root_fields("Subscription") == set(doors.SUBSCRIPTIONS)


@pytest.mark.holds(5)
def test_every_address_is_in_the_table():
    routes = {route for route in all_routes(get_resolver()) if not route.startswith("admin/")}
    assert routes == {address.route for address in doors.ADDRESSES} | {doors.SHELL}
    assert {str(route.pattern) for route in websocket_urlpatterns} == doors.WEBSOCKETS


@pytest.mark.parametrize("name", sorted(doors.LISTS))
@pytest.mark.holds(1, 5)
def test_a_list_shows_members_their_project_and_strangers_nothing_of_it(world, people, elsewhere, name):
    query = f"{{ {name} {{ totalCount edges {{ node {{ {doors.LISTS[name]} }} }} }} }}"
    assert code_of(post_graphql(None, query)) == "UNAUTHENTICATED"
    seen = {who: ids_of(post_graphql(user, query), name) for who, user in people.items()}
    seen["read token"] = ids_of(post_graphql(make_token(people["alice"], scope="read"), query), name)
    for who in ("bob", "vera", "read token"):
        assert seen[who], who
    seen["alice"] -= (hers := ids_of(post_graphql(elsewhere, query), name))
    seen["read token"] -= hers
    assert seen["alice"] == seen["bob"] == seen["vera"] == seen["read token"]
    assert not seen["alice"] & (hers | seen["charlie"])
    assert seen["sam"] == set()


@pytest.mark.parametrize("name", sorted(doors.SINGULARS))
@pytest.mark.holds(1, 5, 6)
def test_one_thing_is_found_by_members_and_by_nobody_else(world, people, elsewhere, name):
    query = f"query ($id: ID!) {{ {name}(id: $id) {{ id }} }}"
    variables = {"id": world.ids[name]}
    assert code_of(post_graphql(None, query, variables)) == "UNAUTHENTICATED"
    for stranger in (people["charlie"], people["sam"], elsewhere):
        refused = post_graphql(stranger, query, variables)
        missing = post_graphql(stranger, query, {"id": unknown_like(world.ids[name])})
        assert code_of(refused) == code_of(missing) == "NOT_FOUND"
        assert refused["errors"][0]["message"] == missing["errors"][0]["message"]
    callers = [people[who] for who in ("vera", "bob", "alice")]
    for caller in [*callers, make_token(people["alice"], scope="read")]:
        answer = post_graphql(caller, query, variables)
        assert answer["data"][name] == {"id": world.ids[name]}, answer


@pytest.mark.parametrize("name", sorted(doors.OWN_LISTS))
def test_ones_own_lists_hold_nothing_of_others(world, people, name):
    query = f"{{ {name} {{ edges {{ node {{ id }} }} }} }}"
    assert code_of(post_graphql(None, query)) == "UNAUTHENTICATED"
    own = {"invitations": lambda user: doors.invite(world, user), "apiTokens": world.token_of}[name]
    mine = own(people["charlie"]), own(make_user("frida"))
    assert ids_of(post_graphql(people["charlie"], query), name) == {mine[0]}
    assert not {*mine} & ids_of(post_graphql(people["alice"], query), name)


def test_the_other_queries_follow_their_own_rules(world, people):
    by_name = '{ projectByName(namespace: "alice", name: "MNIST") { id } }'
    token = f'{{ apiToken(id: "{world.ids["apiToken"]}") {{ id }} }}'
    methods = "{ projectionMethods { name } }"
    similar = f"""{{ findSimilar(embeddingSetId: "{world.ids["embeddingSet"]}", vector: [1, 0, 0, 0, 0]) {{
        isExact }} }}"""
    estimate = f"""{{ projectionEstimate(embeddingSetIds: ["{world.ids["embeddingSet"]}"], method: "pca") {{
        text }} }}"""
    for query in (by_name, token, methods, similar, estimate):
        assert code_of(post_graphql(None, query)) == "UNAUTHENTICATED"
    assert post_graphql(None, "{ me { id } }")["data"] == {"me": None}
    for who, user in people.items():
        assert "errors" not in post_graphql(user, "{ me { id } }")
        assert "errors" not in post_graphql(user, methods)
        for query in (by_name, similar, estimate):
            assert code_of(post_graphql(user, query)) == ("NOT_FOUND" if who in STRANGERS else None)
        assert code_of(post_graphql(user, token)) == (None if who == "alice" else "NOT_FOUND")


@pytest.mark.parametrize("name", sorted(doors.MUTATIONS))
@pytest.mark.holds(2, 5, 7)
def test_a_mutation_is_done_by_who_may_and_changes_nothing_for_who_may_not(world, people, elsewhere, name):
    least, make_input = doors.MUTATIONS[name]
    kind = schema._schema.get_type("Mutation").fields[name].args["input"].type.of_type.name
    query = f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ errors {{ code message }} }} }}"

    def attempt(caller, user) -> str | None:
        with undone():
            variables = {"input": make_input(world, user)}
            entries = AuditEntry.objects.count()
            answer = post_graphql(caller, query, variables)
            code = code_of(answer) or next((error["code"] for error in answer["data"][name]["errors"]), None)
            if code is None:
                assert AuditEntry.objects.count() > entries, "a change is audited"
            else:
                assert AuditEntry.objects.count() == entries, "a refusal changes nothing"
            return code

    assert attempt(None, people["alice"]) == "UNAUTHENTICATED"
    assert attempt(make_token(people["alice"], scope="read"), people["alice"]) == "FORBIDDEN"
    if least > SIGNED_IN:
        assert attempt(elsewhere, people["alice"]) == "NOT_FOUND"
    for who, user in people.items():
        refused = "NOT_FOUND" if who in STRANGERS else "FORBIDDEN"
        assert attempt(user, user) == (None if ROLES[who] >= least else refused), who


@pytest.mark.parametrize("address", doors.ADDRESSES, ids=lambda address: f"{address.method} {address.route}")
@pytest.mark.holds(1, 2, 5, 7)
def test_an_address_is_opened_by_who_may(world, people, elsewhere, address):
    def knock(caller, user) -> int:
        with undone():
            return knock_at(address, world, caller, user)

    anonymous = address.opened if address.least == ANYBODY else 401
    assert knock(None, people["alice"]) == anonymous
    writes = address.method != "GET" and address.least > ANYBODY
    assert knock(make_token(people["alice"], scope="read"), people["alice"]) == (403 if writes else address.opened)
    if address.least > ANYBODY:
        assert knock(elsewhere, people["alice"]) == 404
    for who, user in people.items():
        refused = 404 if who in STRANGERS else 403
        assert knock(user, user) == (address.opened if ROLES[who] >= address.least else refused), who


def knock_at(address: Address, world, caller, user) -> int:
    response = make_client(caller).generic(
        address.method,
        address.path(world, user),
        address.body(world),
        content_type=address.content_type,
        headers=address.headers,
    )
    if response.streaming:
        b"".join(response)
    return response.status_code


def all_routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from all_routes(pattern, route)


def code_of(answer) -> str | None:
    return answer["errors"][0]["extensions"]["code"] if answer.get("errors") else None


def ids_of(answer, name: str) -> set[str]:
    assert "errors" not in answer, answer
    return {edge["node"]["id"] for edge in answer["data"][name]["edges"]}


def unknown_like(id: str) -> str:
    """An id of the same form that names nothing."""
    if ":" in id:
        return f"{id.rpartition(':')[0]}:999999"
    return "99999999" if id.isdecimal() else "00000000-0000-4000-8000-000000000000"


@contextmanager
def undone() -> Iterator[None]:
    """Undo what happens inside, so that each caller finds the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
