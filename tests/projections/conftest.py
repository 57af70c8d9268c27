from __future__ import annotations

import numpy as np
import pytest

from apps.accounts.actor import Actor
from apps.jobs.models import Lane
from apps.jobs.runner import run_next
from tests.data import make_dataset, make_embedding_set

RUN = """mutation ($input: RunProjectionInput!) { runProjection(input: $input) {
  projectionSet { id name notes projector { method parameters seed } job { id state title } sources { position } }
  errors { code field message } } }"""


@pytest.fixture
def actor(alice):
    return Actor(user=alice)


@pytest.fixture
def blobs():
    """blobs(n) -> n vectors of 6 numbers in two clusters, the same every time."""

    def blobs(n, seed=0):
        random = np.random.default_rng(seed)
        vectors = random.normal(size=(n, 6)).astype(np.float32)
        vectors[n // 2 :] += 20
        return vectors

    return blobs


@pytest.fixture
def train(transactional_db, project, blobs):
    """40 datapoints with vectors, layer fc2."""
    return make_embedding_set(make_dataset(project, "train", count=40), blobs(40), layer="fc2")


@pytest.fixture
def production(transactional_db, project, blobs):
    """30 datapoints, 20 of which have vectors."""
    return make_embedding_set(make_dataset(project, "production", count=30), blobs(20, seed=1), layer="fc2")


@pytest.fixture
def run(gql, alice):
    """run(embedding sets, method, caller=…, **input) -> the payload of runProjection."""

    def run(embedding_sets, method="pca", *, caller=None, **given):
        ids = [str(found.pk) for found in embedding_sets]
        answer = gql(caller or alice, RUN, {"input": {"embeddingSetIds": ids, "method": method, **given}})
        assert "errors" not in answer or not answer["errors"], answer
        return answer["data"]["runProjection"]

    return run


@pytest.fixture
def work():
    """work() runs the queued heavy jobs in this process."""

    def work():
        while run_next(Lane.HEAVY):
            pass

    return work
