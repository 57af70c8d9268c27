"""The neighbours of a large set, made in parts by two workers, of which one is killed in between."""

from __future__ import annotations

import os
import signal

import numpy as np
import pytest

from apps.jobs.models import Job, JobFile, JobState
from tests.jobs.waiting import wait_for, wait_until

COUNT, K = 12_000, 10


@pytest.fixture
def vectors():
    """Near sheets of few dimensions, as embeddings are."""
    random = np.random.default_rng(11)
    turns, which = random.normal(size=(6, 4, 24)), random.integers(6, size=COUNT)
    near = np.einsum("ni,nij->nj", random.uniform(-1, 1, size=(COUNT, 4)), turns[which])
    return (near + 2 * random.normal(size=(6, 24))[which]).astype(np.float32)


@pytest.mark.holds(33, 34)
def test_two_workers_make_one_graph_though_one_is_killed(servers, workers, alice, project, client_at, vectors):
    dataset = client_at(servers[0], alice).project("alice/MNIST").dataset("train")
    dataset.log([f"k{row}" for row in range(COUNT)], embeddings=vectors)
    asked = dataset.compute_neighbors(K, metric="euclidean", wait=False)
    whole, parts = Job.objects.get(pk=asked.id), Job.objects.filter(parent=asked.id)
    helped = parts.filter(state=JobState.DONE).values("worker_id")
    running = parts.filter(state=JobState.RUNNING, worker_id__in=helped)
    wait_until(lambda: helped.exists() and kill_one(running), "a worker that did one part runs another")
    wait_for(whole, JobState.DONE)
    assert parts.filter(attempt=2).count() == 1
    assert (whole.attempt, set(parts.values_list("state", flat=True))) == (1, {JobState.DONE})
    assert len(set(parts.values_list("worker_id", flat=True))) == 2
    assert asked.refresh().parts["done"] == parts.count()
    assert not JobFile.objects.exists()
    assert recall_of(dataset.neighbors(metric="euclidean").indices, vectors) >= 0.95


def kill_one(running):
    """Kill the process that runs one of the parts; False where none runs."""
    part = running.first()
    if part is not None:
        os.kill(part.process_id, signal.SIGKILL)
    return part is not None


def recall_of(found, vectors):
    """The share of the true neighbours of some rows that are in their lists."""
    shares = []
    for row in range(0, COUNT, 20):
        true = np.argsort(np.linalg.norm(vectors - vectors[row], axis=1), kind="stable")[:K]
        shares.append(len(set(true.tolist()) & set(found[row].tolist())) / K)
    return np.mean(shares)
