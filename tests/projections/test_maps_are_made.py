"""From embedding sets to a map, through GraphQL, the job and HTTP."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from apps.datasets.columns import append_values
from apps.embeddings.models import EmbeddingSet
from apps.projections.models import ProjectionArray, ProjectionSet, Projector
from apps.projects.models import AuditEntry

MAP = """query ($id: ID!) { projectionSet(id: $id) {
  name projectionCount quality notes stale finishedAt createdBy { username }
  job { state error attempt } projector { method parameters seed }
  sources { position vectorsVersion newDatapointCount embeddingSet { id dataset { name } } } } }"""


@pytest.fixture
def read(gql, alice):
    return lambda map_id, caller=None: gql(caller or alice, MAP, {"id": map_id})["data"]["projectionSet"]


@pytest.fixture
def fetch(client_for, alice):
    """fetch(map_id, array) -> a table."""

    def fetch(map_id, name):
        response = client_for(alice).get(f"/bulk/v1/projection-sets/{map_id}/{name}")
        assert response.status_code == 200
        return pa.ipc.open_stream(b"".join(response.streaming_content)).read_all()

    return fetch


def test_a_pca_map_of_two_datasets_has_a_place_for_each_vector(run, work, read, fetch, train, production):
    made = run([train, production])["projectionSet"]
    assert made["name"] == "PCA fc2"
    work()
    stored = read(made["id"])
    assert stored["job"] == {"state": "DONE", "error": "", "attempt": 1}
    assert stored["projectionCount"] == 60
    assert stored["createdBy"] == {"username": "alice"}
    assert not stored["stale"]
    assert [source["embeddingSet"]["dataset"]["name"] for source in stored["sources"]] == ["train", "production"]
    assert 0.5 < stored["quality"]["trustworthiness"] <= 1
    positions, members = fetch(made["id"], "positions"), fetch(made["id"], "members")
    assert members.column("source").to_pylist() == [0] * 40 + [1] * 20
    assert members.column("row").to_pylist() == [*range(40), *range(20)]
    x = positions.column("x").to_numpy()
    cluster = np.concatenate([np.arange(40) >= 20, np.arange(20) >= 10])
    assert x.dtype == np.float32
    assert (x[cluster].min() > x[~cluster].max()) or (x[cluster].max() < x[~cluster].min())
    keys = fetch(made["id"], "keys")
    assert keys.column("key").to_pylist() == [f"k{row}" for row in [*range(40), *range(20)]]


def test_a_seeded_umap_map_is_the_same_again_and_keeps_its_parameters(run, work, read, fetch, train):
    given = {"method": "umap", "parameters": {"n_neighbors": 5, "n_epochs": 20}, "seed": 3}
    first, second = run([train], **given)["projectionSet"], run([train], **given)["projectionSet"]
    work()
    assert (first["name"], second["name"]) == ("UMAP fc2", "UMAP fc2 2")
    complete = {
        "n_neighbors": 5, "min_dist": 0.1, "supervised": False, "spread": 1.0, "metric": "euclidean", "n_epochs": 20,
        "n_components": 2, "engine": "chroma", "mode": "standard",
    }  # fmt: skip
    assert read(first["id"])["projector"] == {"method": "umap", "parameters": complete, "seed": 3}
    assert Projector.objects.count() == 1
    assert fetch(first["id"], "positions").equals(fetch(second["id"], "positions"))


def test_a_map_stays_as_it_was_when_more_is_logged_and_says_so(run, work, read, fetch, train, blobs):
    made = run([train])["projectionSet"]
    append_values(train.vectors, np.arange(35, 45, dtype=np.uint32), blobs(10))
    work()
    [source] = read(made["id"])["sources"]
    assert fetch(made["id"], "members").num_rows == 40
    assert (source["vectorsVersion"], source["newDatapointCount"]) == (1, 5)
    assert read(made["id"])["stale"]


def test_too_few_datapoints_for_the_neighbours_are_noted(run, work, read, project, production):
    made = run([production], "umap", parameters={"n_neighbors": 50, "n_epochs": 10}, seed=1)["projectionSet"]
    work()
    assert read(made["id"])["notes"] == ["UMAP used 19 neighbours instead of 50: the map has only 20 datapoints."]


def test_arrays_are_sent_once(client_for, alice, run, work, train):
    map_id = run([train])["projectionSet"]["id"]
    work()
    client = client_for(alice)
    for name in ("positions", "members", "keys"):
        etag = client.get(f"/bulk/v1/projection-sets/{map_id}/{name}").headers["ETag"]
        again = client.get(f"/bulk/v1/projection-sets/{map_id}/{name}", headers={"If-None-Match": etag})
        assert again.status_code == 304


def test_a_map_that_is_not_finished_has_no_arrays_yet(client_for, alice, run, train):
    map_id = run([train])["projectionSet"]["id"]
    response = client_for(alice).get(f"/bulk/v1/projection-sets/{map_id}/positions")
    assert (response.status_code, response.json()["error"]["code"]) == (409, "CONFLICT")


def test_starting_a_map_is_in_the_history(run, train, alice):
    run([train])
    entry = AuditEntry.objects.get(action="projection_started")
    assert (entry.actor, entry.target_name, entry.after) == (alice, "PCA fc2", {"method": "pca", "count": 40})


def test_a_map_deleted_meanwhile_leaves_nothing(run, work, gql, alice, train):
    map_id = run([train])["projectionSet"]["id"]
    delete = "mutation ($id: ID!) { deleteProjectionSet(input: {id: $id}) { deletedId errors { message } } }"
    assert gql(alice, delete, {"id": map_id})["data"]["deleteProjectionSet"] == {"deletedId": map_id, "errors": []}
    work()
    assert not ProjectionSet.objects.exists()
    assert not ProjectionArray.objects.exists()


def test_pages_of_places_go_both_ways(run, work, gql, alice, train):
    map_id = run([train])["projectionSet"]["id"]
    work()
    query = """query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { projectionSet(id: $id) {
      projections(first: $first, after: $after, last: $last, before: $before) { totalCount
        edges { cursor node { x y datapoint { key row dataset { name } } } } pageInfo { hasNextPage endCursor } } } }"""

    def page(**given):
        return gql(alice, query, {"id": map_id, **given})["data"]["projectionSet"]["projections"]

    first = page(first=3)
    assert first["totalCount"] == 40
    assert [edge["node"]["datapoint"]["key"] for edge in first["edges"]] == ["k0", "k1", "k2"]
    assert first["pageInfo"]["hasNextPage"]
    second = page(first=2, after=first["pageInfo"]["endCursor"])
    assert [edge["node"]["datapoint"]["row"] for edge in second["edges"]] == [3, 4]
    assert [edge["node"]["datapoint"]["key"] for edge in page(last=2)["edges"]] == ["k38", "k39"]
    before = page(last=2, before=second["edges"][0]["cursor"])
    assert [edge["node"]["datapoint"]["key"] for edge in before["edges"]] == ["k1", "k2"]


def test_one_dataset_may_not_be_named_twice(run, train):
    assert run([train, train])["errors"][0]["message"] == "An embedding set is named twice."
    assert EmbeddingSet.objects.count() == 1
    assert not ProjectionSet.objects.exists()
