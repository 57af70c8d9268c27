from __future__ import annotations

import numpy as np
import pytest

from apps.embeddings.models import EmbeddingSet
from apps.jobs.models import Lane
from apps.jobs.runner import run_next
from tests.logging.upload import read_arrow
from tests.objects.conftest import vectors

pytestmark = pytest.mark.django_db(transaction=True)

RUN = """mutation ($input: RunProjectionInput!) { runProjection(input: $input) {
    projectionSet { id role } errors { code message } } }"""
MAP = """query ($id: ID!) { projectionSet(id: $id) { role projectionCount contextCount objectCount stale
    sources { newDatapointCount embeddingSet { embeddingCount contextCount objectCount } } } }"""
BOXES = [(n / 10, 0, 0.1, 1) for n in range(10)]


@pytest.fixture
def embedded(images, uploader, log_objects):
    """One embedding set that holds vectors of the three contexts (rows 0 … 2) and of ten objects (3 … 12)."""
    uploader.log({"key": images, "embedding": vectors(3)})
    log_objects(["img0"] * 5 + ["img1"] * 5, BOXES, embedding=vectors(10, seed=1))
    return EmbeddingSet.objects.get()


@pytest.fixture
def make(gql, bob, embedded):
    """make(role) -> the id of a finished PCA map, or the refusal."""

    def run(role):
        told = gql(bob, RUN, {"input": {"embeddingSetIds": [str(embedded.pk)], "method": "pca", "role": role}})
        made = told["data"]["runProjection"]
        while run_next(Lane.HEAVY):
            pass
        return made["projectionSet"]["id"] if made["projectionSet"] else made["errors"][0]["message"]

    return run


@pytest.fixture
def told(gql, vera):
    return lambda id: gql(vera, MAP, {"id": id})["data"]["projectionSet"]


ROLES = [("CONTEXT", range(3)), ("OBJECT", range(3, 13)), (None, range(13))]


@pytest.mark.parametrize(("role", "rows"), ROLES, ids=["contexts", "objects", "both"])
def test_a_map_shows_one_role_or_both(make, told, client_for, vera, role, rows):
    made = make(role)
    members = read_arrow(client_for(vera).get(f"/bulk/v1/projection-sets/{made}/members"))
    assert members["row"].to_pylist() == list(rows)
    facts = told(made)
    assert (facts["role"], facts["projectionCount"], facts["stale"]) == (role, len(rows), False)
    assert facts["contextCount"] == len([row for row in rows if row < 3])
    assert facts["objectCount"] == len([row for row in rows if row >= 3])
    assert facts["sources"] == [
        {"newDatapointCount": 0, "embeddingSet": {"embeddingCount": 13, "contextCount": 3, "objectCount": 10}}
    ]


def test_the_positions_are_those_of_the_role(make, client_for, vera):
    alone = make("CONTEXT")
    positions = read_arrow(client_for(vera).get(f"/bulk/v1/projection-sets/{alone}/positions"))
    found = np.column_stack([positions["x"], positions["y"]])
    wanted = vectors(3) - vectors(3).mean(axis=0)
    assert np.allclose(np.linalg.norm(found, axis=1), np.linalg.norm(wanted, axis=1), rtol=1e-4)


def test_what_is_logged_later_concerns_maps_of_its_role(make, told, uploader, log_objects):
    maps = {role: make(role) for role in ("CONTEXT", "OBJECT", None)}
    log_objects(["img2"] * 2, BOXES[:2], embedding=vectors(2, seed=2))
    new = {role: (told(id)["sources"][0]["newDatapointCount"], told(id)["stale"]) for role, id in maps.items()}
    assert new == {"CONTEXT": (0, False), "OBJECT": (2, True), None: (2, True)}
    uploader.log({"key": ["late"], "embedding": vectors(1, seed=3)})
    new = {role: (told(id)["sources"][0]["newDatapointCount"], told(id)["stale"]) for role, id in maps.items()}
    assert new == {"CONTEXT": (1, True), "OBJECT": (2, True), None: (3, True)}


def test_maps_outlive_objects_that_are_gone(make, told, log_objects, client_for, vera):
    contexts, objects = make("CONTEXT"), make("OBJECT")
    log_objects(["img1"], [None])
    assert (told(contexts)["stale"], told(objects)["stale"]) == (False, True)
    assert told(objects)["objectCount"] == 10
    assert told(objects)["sources"][0] == {
        "newDatapointCount": 0,
        "embeddingSet": {"embeddingCount": 8, "contextCount": 3, "objectCount": 5},
    }
    keys = read_arrow(client_for(vera).get(f"/bulk/v1/projection-sets/{objects}/keys"))["key"].to_pylist()
    assert [key is None for key in keys] == [False] * 5 + [True] * 5
    again = make("OBJECT")
    assert told(again)["objectCount"] == 5


def test_a_role_without_vectors_is_refused(images, log_objects, gql, bob):
    log_objects(["img0"] * 5, BOXES[:5], embedding=vectors(5))
    ids = [str(EmbeddingSet.objects.get().pk)]
    told = gql(bob, RUN, {"input": {"embeddingSetIds": ids, "method": "umap", "role": "CONTEXT"}})
    message = told["data"]["runProjection"]["errors"][0]["message"]
    assert message == "UMAP needs at least 4 embeddings of contexts; there are 0."


def test_vectors_of_both_roles_are_read_bit_by_bit(embedded, client_for, vera):
    table = read_arrow(client_for(vera).get(f"/bulk/v1/embedding-sets/{embedded.pk}/vectors"))
    found = np.array(table["embedding"].to_pylist(), dtype=np.float32)
    assert np.array_equal(found, np.concatenate([vectors(3), vectors(10, seed=1)]))
