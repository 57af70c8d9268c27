"""Neighbours of a large embedding set, made in parts by all workers."""

from __future__ import annotations

import numpy as np
import pytest
from django.db.models.functions import Now

from apps.embeddings.models import NeighborGraph
from apps.embeddings.neighbors import read_neighbors
from apps.jobs.models import Job, JobFile, JobState, Lane, WorkerHeartbeat
from apps.jobs.runner import run_next
from tests.data import make_dataset, make_embedding_set
from tests.neighbors.test_neighbors_are_kept import true_lists


@pytest.fixture
def large(transactional_db, project, settings):
    """900 datapoints, which count as many."""
    settings.CHROMA_SHARD_ROWS = 800
    vectors = np.random.default_rng(5).normal(size=(900, 4)).astype(np.float32)
    return make_embedding_set(make_dataset(project, "large", count=900), vectors)


@pytest.fixture
def two_workers(transactional_db):
    for number in range(2):
        WorkerHeartbeat.objects.create(host=f"host-{number}", pid=1, seen_at=Now())


def recall_of(embedding_set, k):
    graph = NeighborGraph.objects.select_related("rows", "distances").get(embedding_set=embedding_set)
    found = read_neighbors(graph)
    vectors = np.random.default_rng(5).normal(size=(900, 4)).astype(np.float32)[found.rows]
    true = np.searchsorted(found.rows, true_lists(vectors, found.rows, k))
    return np.mean([len(set(a) & set(b)) / k for a, b in zip(found.indices.tolist(), true.tolist(), strict=True)])


def test_two_workers_share_the_neighbours_of_a_large_set(large, two_workers, compute, work, graphs):
    compute(large, neighborCount=6)
    work()
    job = Job.objects.whole().get()
    assert (job.state, job.attempt) == (JobState.DONE, 1)
    parts = Job.objects.filter(parent=job)
    assert parts.count() >= 8
    assert set(parts.values_list("kind", "state")) == {("find_neighbors_in_cell", JobState.DONE)}
    assert recall_of(large, 6) > 0.97
    assert graphs(large)[0]["recall"] > 0.97
    assert not JobFile.objects.exists()


def test_one_worker_makes_them_in_one_piece_and_so_do_few_vectors(large, compute, work, settings):
    compute(large, neighborCount=6)
    work()
    WorkerHeartbeat.objects.create(host="a", pid=1, seen_at=Now())
    WorkerHeartbeat.objects.create(host="b", pid=1, seen_at=Now())
    settings.CHROMA_SHARD_ROWS = 1000
    compute(large, "COSINE", neighborCount=6)
    work()
    assert not Job.objects.exclude(parent=None).exists()


def test_datapoints_deleted_while_the_parts_ran_are_in_no_list(large, two_workers, compute, work, remove):
    compute(large, neighborCount=6)
    for _ in range(4):
        run_next(Lane.HEAVY)
    remove(large, range(0, 900, 9))
    work()
    assert Job.objects.whole().get().state == JobState.DONE
    found = read_neighbors(NeighborGraph.objects.select_related("rows", "distances").get())
    assert len(found.rows) == 800
    assert found.indices.min() >= 0
    assert recall_of(large, 6) > 0.97


def test_the_parts_of_a_deleted_set_end_with_its_job(large, two_workers, compute, work, gql, alice):
    compute(large, neighborCount=6)
    run_next(Lane.HEAVY)
    run_next(Lane.HEAVY)
    delete = "mutation ($id: ID!) { deleteEmbeddingSet(input: {id: $id}) { errors { code } } }"
    assert gql(alice, delete, {"id": str(large.pk)})["data"]["deleteEmbeddingSet"]["errors"] == []
    work()
    assert not Job.objects.active().exists()
