"""Whatever door is knocked at, whenever the database goes: try again later; never a broken page or half a change."""

from __future__ import annotations

import pytest
from django.test import Client

from apps.datasets.models import Upload
from apps.projects.models import Project
from chroma_site.schema import schema
from tests.cast import make_client, make_member, make_user
from tests.outages.losing import counted, database_lost
from tests.site import doors
from tests.site.test_doors import undone
from tests.world import make_world

pytestmark = pytest.mark.holds(38)

# Which of a request's queries finds the database gone, besides its last one.
MOMENTS = (0, 1, 3, 8, 21)
# Say themselves how the database does, or need none.
HEALTH = {"healthz", "healthz/web"}


@pytest.fixture
def world(transactional_db, alice, project):
    make_user("emil")
    world = make_world(alice, project)
    world.ids["otherMembership"] = str(make_member(project, make_user("dora"), "viewer").pk)
    return world


def client_of(user) -> Client:
    client = make_client(user)
    client.raise_request_exception = False
    return client


def answers_of(knock) -> list[object]:
    """The answers where the database goes at the first query, at later ones, and at the last one."""
    with undone(), counted() as asked:
        knock()
    moments = {moment for moment in (*MOMENTS, len(asked) - 1) if moment < len(asked)}
    answers = []
    for moment in sorted(moments):
        with database_lost(after=moment) as lost:
            answer = knock()
        # Knocking may take a query less the second time.
        if lost:
            answers.append((moment, answer))
    return answers


@pytest.mark.timeout(300)
def test_every_mutation_answers_that_it_be_tried_again(world, alice):
    wrong = []
    for name, (_, make_input) in doors.MUTATIONS.items():
        client = tidied(alice)
        variables = {"input": make_input(world, alice)}
        kind = schema._schema.get_type("Mutation").fields[name].args["input"].type.of_type.name
        query = f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ errors {{ code message }} }} }}"

        def knock(client=client, query=query, variables=variables):
            return client.post("/graphql", {"query": query, "variables": variables}, content_type="application/json")

        wrong += [(name, moment, response.content) for moment, response in answers_of(knock) if not is_retry(response)]
    assert wrong == []


def test_every_list_and_thing_answers_that_it_be_asked_for_again(world, alice):
    wrong, client = [], client_of(alice)
    for name in {*doors.LISTS, *doors.SINGULARS}:
        singular = name in doors.SINGULARS
        query = (
            f"query ($id: ID!) {{ {name}(id: $id) {{ id }} }}" if singular else f"{{ {name} {{ edges {{ cursor }} }} }}"
        )
        variables = {"id": world.ids[name]} if singular else {}

        def knock(client=client, query=query, variables=variables):
            return client.post("/graphql", {"query": query, "variables": variables}, content_type="application/json")

        wrong += [(name, moment, response.content) for moment, response in answers_of(knock) if not is_retry(response)]
    assert wrong == []


def test_every_address_answers_that_it_be_tried_again(world, alice):
    wrong = []
    for address in doors.ADDRESSES:
        client = tidied(alice)
        path, body = address.path(world, alice), address.body(world)

        def knock(client=client, address=address, path=path, body=body):
            return client.generic(
                address.method, path, body, content_type=address.content_type, headers=address.headers
            )

        if address.route not in HEALTH:
            answers = answers_of(knock)
            wrong += [(path, moment, response.content) for moment, response in answers if not is_retry(response)]
    assert wrong == []


@pytest.mark.parametrize("path", ["/", "/login", "/admin/", "/admin/login/", "/graphql"])
def test_pages_say_it_in_a_sentence(alice, path):
    alice.is_staff = alice.is_superuser = True
    alice.save()
    client = client_of(alice)
    with database_lost(after=0):
        response = client.get(path, headers={"Accept": "text/html"})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
    assert b"The database cannot be reached, or is too busy. Try again in a moment." in response.content
    assert b"Traceback" not in response.content


def test_the_health_check_tells_who_asks(db):
    with database_lost(after=0):
        parts = Client().get("/healthz").json()
        assert (parts["status"], parts["database"], parts["web"]) == ("degraded", "down", "ok")
        assert Client().get("/healthz/web").json()["status"] == "ok"


def tidied(user) -> Client:
    """A client signed in anew; what the table makes for one door, and would make again for the next, is gone."""
    Project.objects.filter(name__startswith="For ").delete()
    Upload.objects.all().delete()
    return client_of(user)


def is_retry(response) -> bool:
    if (response.status_code, response.headers.get("Retry-After")) != (503, "2"):
        return False
    answer = response.json()
    code = answer["errors"][0]["extensions"]["code"] if "errors" in answer else answer["error"]["code"]
    return code == "RETRY_LATER" and b"terminating" not in response.content
