from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from apps.curation.services.deleting import delete_rows
from apps.datasets import bitmaps
from apps.datasets.columns import append_values
from apps.datasets.models import Datapoint, Dataset
from apps.jobs.models import Lane
from apps.jobs.runner import run_next
from tests.data import make_dataset, make_embedding_set

COMPUTE = """mutation ($input: ComputeNeighborsInput!) { computeNeighbors(input: $input) {
  job { id state } errors { code field message } } }"""
GRAPHS = """query ($id: ID!) { embeddingSet(id: $id) {
  neighborGraphs { metric neighborCount recall vectorsVersion isFresh behindCount } } }"""
SIMILAR = """query ($set: ID!, $datapoint: ID, $selection: ID, $vector: [Float!], $first: Int! = 5,
    $metric: Metric! = EUCLIDEAN, $among: [ID!], $role: DatapointRole, $itself: Boolean! = false) {
  findSimilar(embeddingSetId: $set, datapointId: $datapoint, selectionId: $selection, vector: $vector, first: $first,
      metric: $metric, amongDatasetIds: $among, role: $role, includeItself: $itself) {
    isExact edges { distance node { key dataset { name } } embeddingSet { id } } } }"""


@pytest.fixture
def vectors():
    return np.random.default_rng(7).normal(size=(60, 5)).astype(np.float32)


@pytest.fixture
def train(transactional_db, project, vectors):
    """60 datapoints with vectors of 5 numbers."""
    return make_embedding_set(make_dataset(project, "train", count=60), vectors)


@pytest.fixture
def compute(gql, alice):
    """compute(embedding set, metric=…, …) -> the payload of computeNeighbors."""

    def compute(embedding_set, metric="EUCLIDEAN", *, caller=None, **given):
        asked = {"embeddingSetId": str(embedding_set.pk), "metric": metric, **given}
        return gql(caller or alice, COMPUTE, {"input": asked})["data"]["computeNeighbors"]

    return compute


@pytest.fixture
def graphs(gql, alice):
    """graphs(embedding set) -> what GraphQL says of its stored neighbours."""
    return lambda embedding_set: gql(alice, GRAPHS, {"id": str(embedding_set.pk)})["data"]["embeddingSet"][
        "neighborGraphs"
    ]


@pytest.fixture
def similar(gql, alice):
    """similar(embedding set, datapoint=…, …) -> the errors of findSimilar, or (keys, distances, is exact)."""

    def similar(embedding_set, *, caller=None, **asked):
        answer = gql(caller or alice, SIMILAR, {"set": str(embedding_set.pk), **asked})
        if answer.get("errors"):
            return answer["errors"]
        found = answer["data"]["findSimilar"]
        edges = found["edges"]
        return [edge["node"]["key"] for edge in edges], [edge["distance"] for edge in edges], found["isExact"]

    return similar


@pytest.fixture
def fetch(client_for, alice):
    """fetch(embedding set, metric) -> the stored neighbours as a table."""

    def fetch(embedding_set, metric="euclidean"):
        response = client_for(alice).get(f"/bulk/v1/embedding-sets/{embedding_set.pk}/neighbors?metric={metric}")
        assert response.status_code == 200
        return pa.ipc.open_stream(b"".join(response.streaming_content)).read_all()

    return fetch


@pytest.fixture
def work():
    """work() runs the queued heavy jobs in this process."""

    def work():
        while run_next(Lane.HEAVY):
            pass

    return work


@pytest.fixture
def remove(alice):
    """remove(embedding set, rows): delete datapoints of its dataset."""

    def remove(embedding_set, rows):
        delete_rows(dataset=embedding_set.dataset, rows=bitmaps.of_rows(np.array(rows, dtype=np.uint32)))

    return remove


@pytest.fixture
def log():
    """log(embedding set, rows, vectors): other vectors, or vectors of new datapoints."""

    def log(embedding_set, rows, vectors):
        dataset = Dataset.objects.get(pk=embedding_set.dataset_id)
        new = [row for row in rows if row >= dataset.next_row]
        Datapoint.objects.bulk_create(Datapoint(dataset=dataset, row=row, key=f"k{row}") for row in new)
        dataset.next_row = max(dataset.next_row, max(rows) + 1)
        dataset.datapoint_count += len(new)
        dataset.alive = bitmaps.dump(bitmaps.load(dataset.alive) | bitmaps.of_rows(np.array(new, dtype=np.uint32)))
        dataset.save()
        embedding_set.vectors.refresh_from_db()
        append_values(embedding_set.vectors, np.array(rows, dtype=np.uint32), np.asarray(vectors, dtype=np.float32))
        embedding_set.embedding_count = len(bitmaps.load(embedding_set.vectors.present))
        embedding_set.save()

    return log
