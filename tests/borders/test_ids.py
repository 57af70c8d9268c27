"""Ids of other projects, wherever an id can stand: not found, and nothing changes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from chroma_site.schema import schema
from tests.borders.everything import all_files, all_rows
from tests.borders.id_places import Place, input_type, mutation_places, query_places, required_fields
from tests.borders.realms import Realms, SettledWorld, random_world
from tests.site import doors
from tests.site.doors import ANYBODY
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.holds(2, 6)]

LISTS_OF_NODES = "{ totalCount edges { node { __typename id } } }"
# What queries show that answer with something else than a noun or its pages.
OTHER_FORMS = {
    "findSimilar": "{ edges { node { __typename id } } }",
    "projectionEstimate": "{ __typename id: count }",
}


@pytest.fixture
def foreign(realms) -> dict[str, dict[str, str]]:
    """Ids that all must look alike: of another project, of nothing, and of what was deleted."""
    return {"foreign": realms.other.ids, "random": random_world(realms.own).ids, "deleted": realms.gone.ids}


@pytest.fixture
def alice(realms):
    """alice(query, variables) -> the bytes of the answer, without ids that were sent and the request's own."""
    client = realms.clients["owner of another project"]

    def ask(query: str, variables: dict[str, Any], sent: str) -> str:
        body = {"query": query, "variables": variables}
        return without(client.post("/graphql", body, content_type="application/json").content.decode(), sent)

    return ask


def without(text: str, sent: str) -> str:
    """An answer without the id that was sent, as the answer says it, and without the request's own."""
    text = re.sub(r'"requestId": ?"\w*"', '"requestId": ""', text)
    return text.replace(sent, "<id>") if len(sent) > 8 else text


def test_there_are_places_to_walk_through():
    places = {str(place) for place in mutation_places()}
    assert len(places) > 80
    assert {"createExport.embeddingSetIds", "updateTrainedModel.trainedOnSliceId", "createSlice.selectionId"} <= places
    assert len(query_places()) > 50


@pytest.mark.parametrize("name", sorted(doors.MUTATIONS))
def test_a_mutation_finds_no_id_of_another_project(realms, foreign, alice, name):
    query = f"mutation ($input: {input_type(name).name}!) {{ {name}(input: $input) {{ errors {{ code message }} }} }}"
    base = doors.MUTATIONS[name][1](realms.own, realms.alice)
    before = all_rows(), all_files()
    for place in (place for place in mutation_places() if place.field == name):
        noun = place.noun(set(realms.own.ids))
        found = set()
        for given in bases(place, base):
            answers = {
                of: alice(query, {"input": place.holding(ids[noun], given)}, ids[noun]) for of, ids in foreign.items()
            }
            assert len(set(answers.values())) == 1, (str(place), answers)
            found.add(answers["foreign"])
            for wrong in wrong_kinds(realms.own, noun):
                answer = alice(query, {"input": place.holding(wrong, given)}, wrong)
                assert answer == answers["random"], (str(place), wrong)
        assert any('"NOT_FOUND"' in answer for answer in found), (str(place), found)
        assert not any('"INTERNAL"' in answer for answer in found), (str(place), found)
        if place.is_list:
            mixed = place.holding("", base)
            mixed[place.path[-1]] = [realms.own.ids[noun], foreign["foreign"][noun]]
            assert '"NOT_FOUND"' in alice(query, {"input": mixed}, "-" * 9), str(place)
    assert (all_rows(), all_files()) == before


@pytest.mark.parametrize("place", query_places(), ids=str)
@pytest.mark.holds(1, 4)
def test_a_query_finds_no_id_of_another_project(realms, foreign, alice, place):
    noun = place.noun(set(realms.own.ids))
    args = schema._schema.get_type("Query").fields[place.field].args
    declared = f"$id: {args[place.path[0]].type}"
    shown = OTHER_FORMS.get(place.field) or (LISTS_OF_NODES if "first" in args else "{ __typename id }")
    query = f"query ({declared}) {{ {place.field}({place.path[0]}: $id{place.beside(realms.own.ids)}) {shown} }}"
    answers = {of: alice(query, {"id": ids[noun]}, ids[noun]) for of, ids in foreign.items()}
    assert len(set(answers.values())) == 1, answers
    assert '"NOT_FOUND"' in answers["foreign"] or '"totalCount":0' in answers["foreign"], answers
    for wrong in wrong_kinds(realms.own, noun):
        assert alice(query, {"id": wrong}, wrong) == answers["random"], wrong
    if place.is_list:
        for of, ids in foreign.items():
            mixed = alice(query, {"id": [realms.own.ids[noun], ids[noun]]}, ids[noun])
            assert mixed == answers["random"], (of, mixed)
    own = alice(query, {"id": realms.own.ids[noun]}, "-" * 9)
    assert '"id"' in own
    assert "errors" not in json.loads(own)


WITH_IDS = [address for address in doors.ADDRESSES if address.least > ANYBODY]


@pytest.mark.parametrize("address", WITH_IDS, ids=lambda address: f"{address.method} {address.route}")
@pytest.mark.holds(1)
def test_an_address_finds_no_id_of_another_project(realms, address):
    before, own = (all_rows(), all_files()), realms.own
    noted: set[str] = set()
    noting = SettledWorld(own.owner, own.project, own.dataset, Noting(own.ids, noted))
    address.path(noting, realms.alice), address.body(noting)
    assert noted
    # Each id in turn, the others staying right.
    for noun in sorted(noted):
        worlds = {"foreign": realms.other, "random": random_world(realms.own), "deleted": realms.gone}
        answers = {of: knock(realms, address, swapped(own, noun, world.ids[noun])) for of, world in worlds.items()}
        statuses = {status for status, _ in answers.values()}
        assert statuses == {404}, (noun, answers)
        assert len({body for _, body in answers.values()}) == 1, (noun, answers)
    assert (all_rows(), all_files()) == before


class Noting(dict):
    """Ids that remember which of them were asked for."""

    def __init__(self, ids: dict[str, str], noted: set[str]) -> None:
        super().__init__(ids)
        self.noted = noted

    def __getitem__(self, noun: str) -> str:
        self.noted.add(noun)
        return super().__getitem__(noun)


def swapped(world: World, noun: str, id: str) -> World:
    return SettledWorld(world.owner, world.project, world.dataset, {**world.ids, noun: id})


def knock(realms: Realms, address: doors.Address, world: World) -> tuple[int, str]:
    response = realms.clients["owner of another project"].generic(
        address.method,
        address.path(world, realms.alice),
        address.body(world),
        content_type=address.content_type,
        headers=address.headers,
    )
    return response.status_code, without(response.content.decode(), "-" * 9)


def bases(place: Place, base: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What stands beside the id: all the rest of a good input, or only what must be there."""
    yield base
    needed = required_fields(place.field)
    if set(base) - needed:
        yield {name: value for name, value in base.items() if name in needed}


def wrong_kinds(world: World, noun: str) -> list[str]:
    """Ids that name something else, or nothing in any form."""
    wrong = "dataset" if noun != "dataset" else "projectionSet"
    return [world.ids[wrong], f"{world.ids['dataset']}:0" if noun != "datapoint" else "x:0", "", "' OR 1=1 --"]
