"""What a finished map knows of each datapoint, through the job, GraphQL and HTTP."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from apps.projections.arrays import DTYPES, read_arrays
from apps.projections.columns import COLUMNS
from apps.projections.models import ProjectionSet
from tests.data import make_dataset, make_embedding_set

MAP = """query ($id: ID!) { projectionSet(id: $id) { quality notes projector { parameters }
  columns { name title direction minimum maximum } } }"""


@pytest.fixture
def read(gql, alice):
    return lambda map_id: gql(alice, MAP, {"id": map_id})["data"]["projectionSet"]


@pytest.fixture
def fetch(client_for, alice):
    """fetch(map_id, column) -> values, with NaN where there is none."""

    def fetch(map_id, name):
        response = client_for(alice).get(f"/bulk/v1/projection-sets/{map_id}/columns/{name}")
        assert response.status_code == 200
        table = pa.ipc.open_stream(b"".join(response.streaming_content)).read_all()
        return np.where(table.column("present").to_numpy(), table.column("value").to_numpy(), np.nan)

    return fetch


def test_a_map_tells_how_much_of_each_neighbourhood_it_keeps(run, work, read, fetch, train):
    map_id = run([train])["projectionSet"]["id"]
    assert read(map_id)["columns"] == []
    work()
    stored = read(map_id)
    assert stored["columns"] == [
        {"name": "preservation", "title": "Neighbours kept", "direction": "LOW_IS_BAD", "minimum": 0, "maximum": 1}
    ]
    kept = fetch(map_id, "preservation")
    assert kept.shape == (40,)
    assert ((kept >= 0) & (kept <= 1)).all()
    assert stored["quality"]["neighbor_preservation"] == pytest.approx(kept.mean(), abs=1e-4)
    assert {"trustworthiness", "triplet_accuracy", "n_sampled", "n_neighbors"} <= set(stored["quality"])


def test_a_third_component_is_stored_and_not_shown(run, work, read, fetch, train, blobs):
    map_id = run([train], parameters={"n_components": 3})["projectionSet"]["id"]
    work()
    assert [column["name"] for column in read(map_id)["columns"]] == ["preservation", "z"]
    stored = ProjectionSet.objects.get(pk=map_id)
    x, y = read_arrays(stored, "x", "y")
    places = np.column_stack([x, y, fetch(map_id, "z")])
    centred = blobs(40) - blobs(40).mean(axis=0)
    assert np.allclose(np.linalg.svd(places, compute_uv=False), np.linalg.svd(centred, compute_uv=False)[:3], rtol=1e-3)


def test_a_map_by_label_keeps_labels_together_and_says_so(run, work, read, project, blobs, transactional_db):
    dataset = make_dataset(project, "labelled", count=40, labels=["even", "odd"] * 20)
    train = make_embedding_set(dataset, blobs(40), layer="fc2")
    given = {"parameters": {"n_neighbors": 10, "supervised": True}, "seed": 1}
    by_label, plain = (
        run([train], "umap", **{**given, "parameters": {**given["parameters"], "supervised": is_on}})["projectionSet"]
        for is_on in (True, False)
    )
    work()
    with_labels, without = read(by_label["id"]), read(plain["id"])
    assert with_labels["quality"]["label_accuracy"] > without["quality"]["label_accuracy"] + 0.2
    assert without["notes"] == []
    [note] = with_labels["notes"]
    assert "is no evidence that the categories can be told apart" in note


def test_every_column_has_an_array_and_others_are_not_there(client_for, alice, run, work, train):
    assert {column.name for column in COLUMNS} <= set(DTYPES)
    map_id = run([train])["projectionSet"]["id"]
    address = f"/bulk/v1/projection-sets/{map_id}/columns"
    assert client_for(alice).get(f"{address}/preservation").status_code == 409
    work()
    for name in ("moved", "z", "x", "nothing"):
        assert client_for(alice).get(f"{address}/{name}").status_code == 404
    first = client_for(alice).get(f"{address}/preservation")
    again = client_for(alice).get(f"{address}/preservation", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
