"""Ids and checksums of other projects inside of rules, bitmaps and logged rows: as good as none."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import pytest
from pyroaring import BitMap

from apps.datasets.models import Resource
from tests.borders.conftest import undone
from tests.borders.everything import all_files, all_rows
from tests.borders.realms import random_world
from tests.logging.upload import STREAM, Uploader, sha256, stream_of, table_of
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.holds(1, 2, 4, 6)]

EVERYWHERE = [[-9, -9], [-9, 9], [9, 9], [9, -9]]
# One rule for each place that takes an id; `of` are the ids of some world.
RULES = {
    "dataset": lambda of: {"filters": [{"field": "dataset", "only": [of["dataset"]]}]},
    "datasets": lambda of: {"datasets": [of["dataset"]]},
    "tag": lambda of: {"filters": [{"field": "tag", "only": [of["tag"]]}]},
    "label": lambda of: {"filters": [{"field": "label", "only": [of["category"]]}]},
    "source": lambda of: {"filters": [{"field": "source", "only": [of["trainedModel"]]}]},
    "inference": lambda of: {"filters": [{"field": f"inference:{of['trainedModel']}", "only": ["none"]}]},
    "inferred": lambda of: {"filters": [{"field": f"inference:{of['trainedModel']}", "only": [of["category"]]}]},
    "agreement": lambda of: {"filters": [{"field": f"agreement:{of['trainedModel']}", "only": ["agree"]}]},
    "confidence": lambda of: {"filters": [{"field": f"confidence:{of['trainedModel']}", "range": [0.85, 1]}]},
    "score": lambda of: {"filters": [{"field": f"score:{of['analysis']}:quality", "range": [0, 50]}]},
    "lasso": lambda of: {"lassos": [{"map": of["projectionSet"], "polygon": EVERYWHERE}]},
}


@pytest.fixture
def client(realms):
    return realms.clients["owner of another project"]


@pytest.fixture
def worlds(realms) -> dict[str, World]:
    return {"foreign": realms.other, "random": random_world(realms.own), "deleted": realms.gone}


def select(client, world: World, body: dict[str, Any]) -> tuple[int, Any]:
    """Post a selection to Alice's project; its own id is left out of the answer."""
    with undone():
        address = f"/bulk/v1/projects/{world.ids['project']}/selections"
        response = client.post(address, json.dumps(body), content_type="application/json")
        answer = response.json()
        return response.status_code, answer.get("datapoint_count", answer.get("error", {}).get("message"))


def make_slice(client, world: World, rule: dict[str, Any]) -> Any:
    """What a slice by this rule says of itself."""
    query = """mutation ($input: CreateSliceInput!) { createSlice(input: $input) {
      errors { code message field } slice { datapointCount notes trainedModels { id } } } }"""
    variables = {"input": {"projectId": world.ids["project"], "name": "Try", "rule": rule}}
    with undone():
        return client.post("/graphql", {"query": query, "variables": variables}, content_type="application/json").json()


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("negated", [False, True], ids=["", "without"])
def test_a_rule_finds_nothing_by_ids_of_another_project(realms, client, worlds, name, negated):
    def rule_by(world: World) -> dict[str, Any]:
        rule = RULES[name](world.ids)
        for each in rule.get("filters", []) if negated else []:
            if "only" in each:
                each["without"] = each.pop("only")
            else:
                each["missing"] = True
        return rule

    found = {of: select(client, realms.own, {"rule": rule_by(world)}) for of, world in worlds.items()}
    assert found["foreign"] == found["random"] == found["deleted"]
    assert found["foreign"][0] == 201
    slices = {of: make_slice(client, realms.own, rule_by(world)) for of, world in worlds.items()}
    assert slices["foreign"] == slices["random"] == slices["deleted"]
    assert slices["foreign"]["data"]["createSlice"]["slice"]["datapointCount"] == found["foreign"][1]
    # The same rule means something where the ids are one's own.
    assert select(client, realms.own, {"rule": rule_by(realms.own)}) != found["foreign"]


@pytest.mark.parametrize("body", ["datasets", "keys", "slice"])
def test_a_selection_takes_no_ids_of_another_project(realms, client, worlds, body):
    rows = base64.b64encode(BitMap([0, 1]).serialize()).decode()
    bodies = {
        "datasets": lambda ids: {"datasets": {ids["dataset"]: rows}},
        "keys": lambda ids: {"keys": {ids["dataset"]: ["k0"]}},
        "slice": lambda ids: {"slice": ids["slice"]},
    }
    before = all_rows()
    answers = {of: select(client, realms.own, bodies[body](world.ids)) for of, world in worlds.items()}
    assert answers["foreign"] == answers["random"] == answers["deleted"]
    assert answers["foreign"][0] == 404
    mixed = bodies[body](realms.own.ids)
    if body != "slice":
        mixed[body] |= bodies[body](realms.other.ids)[body]
        assert select(client, realms.own, mixed)[0] == 404
    assert select(client, realms.own, bodies[body](realms.own.ids))[0] == 201
    assert all_rows() == before


def test_a_file_of_another_project_is_missing(realms, client):
    there = Resource.objects.get(pk=realms.other.ids["resource"])
    here = Resource.objects.get(pk=realms.own.ids["resource"])
    # The same picture lies in both projects, once in each; so one that only the other has is made.
    assert there.sha256 == here.sha256
    assert there.path != here.path
    alone = sha256(b"only in the other project")
    Resource.objects.filter(pk=there.pk).update(sha256=alone)
    address = f"/bulk/v1/projects/{realms.own.ids['project']}/files/missing"
    asked = [alone, sha256(b"nowhere"), here.sha256]
    answer = client.post(address, json.dumps({"sha256": asked}), content_type="application/json")
    assert answer.json() == {"missing": asked[:2]}


def test_a_logged_row_takes_no_file_of_another_project(realms, client):
    alone = sha256(b"only in the other project")
    Resource.objects.filter(pk=realms.other.ids["resource"]).update(sha256=alone)

    def log(checksum: str) -> tuple[int, str]:
        answer = Uploader(client, realms.own.dataset).try_log({"key": ["new"], "file": [checksum]})
        return answer.status_code, re.sub(r"[0-9a-f]{12,}", "…", answer.content.decode())

    before = realms.own.dataset.datapoints.count()
    assert log(alone) == log(sha256(b"nowhere"))
    assert log(alone)[0] == 422
    assert realms.own.dataset.datapoints.count() == before


def test_a_file_that_another_project_has_too_is_stored_again(realms, client):
    """Nothing tells who sends it that others have it as well, and each project keeps its own."""
    content = b"in both projects"

    def store(who: str, world: World) -> None:
        table = table_of({"sha256": [sha256(content)], "name": ["x"], "content": [content]})
        address = f"/bulk/v1/projects/{world.ids['project']}/files"
        answer = realms.clients[who].post(address, stream_of(table), content_type=STREAM)
        assert answer.json() == {"stored": 1}

    store("charlie", realms.other)
    store("owner of another project", realms.own)
    paths = set(Resource.objects.filter(sha256=sha256(content)).values_list("path", flat=True))
    assert len(paths) == 2
    assert len([path for path in all_files() if any(path.endswith(known) for known in paths)]) == 2


def test_a_map_from_outside_takes_no_embedding_set_of_another_project(realms, client, worlds):
    def send(sources: list[str]) -> int:
        query = "&".join(f"source={each}" for each in sources)
        content = stream_of(table_of({"x": [0.0] * 5, "y": [0.0] * 5}))
        address = f"/bulk/v1/projects/{realms.own.ids['project']}/projection-sets?{query}"
        return client.post(address, content, content_type=STREAM).status_code

    before = all_rows()
    for world in worlds.values():
        assert send([world.ids["embeddingSet"]]) == 404
        assert send([realms.own.ids["embeddingSet"], world.ids["embeddingSet"]]) == 404
    assert all_rows() == before
