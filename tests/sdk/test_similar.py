"""Neighbours and what is similar, through the SDK and its command line, against a real server and its worker."""

from __future__ import annotations

import chroma_sdk as chroma
import numpy as np
import pytest

VECTORS = np.random.default_rng(3).normal(size=(30, 4)).astype(np.float32)


def cosine(vectors, query):
    return 1 - vectors @ query / np.linalg.norm(vectors, axis=1) / np.linalg.norm(query)


def test_similar_datapoints_and_neighbors_are_those_of_the_vectors(client_of, worker, live, alice):
    project = client_of(alice).project("MNIST")
    train, live_data = project.dataset("train"), project.dataset("live")
    train.log([f"t{row}" for row in range(30)], embeddings=VECTORS, quiet=True)
    live_data.log(["x", "y"], embeddings=VECTORS[:2] + np.float32(0.01), quiet=True)

    away = cosine(VECTORS, VECTORS[3])
    away[3] = np.inf
    found = train.find_similar("t3", n=4)
    assert [each.key for each in found] == [f"t{row}" for row in np.argsort(away)[:4]]
    assert found[0].distance == pytest.approx(away.min(), abs=1e-6)
    assert {each.dataset for each in found} == {"train"}
    [nearest] = train.find_similar(vector=VECTORS[7], n=1, metric="euclidean")
    assert (nearest.key, nearest.distance) == ("t7", 0)
    assert live_data.find_similar("y", n=1, among=train)[0].key == "t1"
    assert not {"t0", "t1"} & {each.key for each in train.find_similar(keys=["t0", "t1"], n=28)}

    with pytest.raises(chroma.NotFound, match="computeNeighbors"):
        train.neighbors()
    assert train.compute_neighbors(6, quiet=True).state == "done"
    graph = train.neighbors()
    assert graph.keys == [f"t{row}" for row in range(30)]
    assert graph.indices[3].tolist() == [3, *np.argsort(away)[:5]]
    assert graph.distances[3, 1] == pytest.approx(away.min(), abs=1e-5)
    assert (graph.recall, graph.is_fresh) == (1, True)
    train.log(["t30"], embeddings=VECTORS[:1], quiet=True)
    assert not train.neighbors().is_fresh


@pytest.mark.parametrize(
    ("asked", "argument"),
    [
        ({}, "key"),
        ({"key": "k", "vector": [1.0]}, "key"),
        ({"key": "k", "n": 501}, "n"),
        ({"key": "k", "metric": "hamming"}, "metric"),
        ({"key": "k", "role": "box"}, "role"),
    ],
)
def test_wrong_arguments_are_refused_before_any_request(silent_dataset, asked, argument):
    with pytest.raises(chroma.InvalidArgument, match=f"^{argument}:"):
        silent_dataset.find_similar(**asked)
