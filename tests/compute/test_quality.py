from __future__ import annotations

import numpy as np

from apps.embeddings.compute.neighbors import nearest_neighbors
from apps.projections.compute.quality import quality


def points(n=300):
    return np.random.default_rng(0).normal(size=(n, 2)).astype(np.float32)


def test_a_map_that_is_its_vectors_is_perfect():
    assert quality(points(), points()) == {
        "trustworthiness": 1.0, "neighbor_preservation": 1.0, "n_sampled": 300, "n_neighbors": 15
    }  # fmt: skip


def test_a_map_at_another_scale_is_perfect_too():
    assert quality(points(), points() * 7 + 3)["neighbor_preservation"] == 1.0


def test_a_map_by_chance_is_as_good_as_chance():
    by_chance = quality(points(2000), np.random.default_rng(1).normal(size=(2000, 2)))
    assert abs(by_chance["trustworthiness"] - 0.5) < 0.03
    assert by_chance["neighbor_preservation"] < 0.02


def test_the_sample_is_compared_with_all_datapoints(monkeypatch):
    result = quality(points(500), points(500), n_sampled=50, n_queries=20)
    assert (result["n_sampled"], result["neighbor_preservation"]) == (50, 1.0)


def test_small_maps_use_small_neighbourhoods():
    assert quality(points(6), points(6))["n_neighbors"] == 2
    assert quality(points(3), points(3)) == {}


def test_the_nearest_neighbours_are_exact_and_begin_with_oneself():
    vectors = np.array([[0.0], [0.0], [1.0], [3.0]])
    indices, distances = nearest_neighbors(vectors, 3)
    assert indices.tolist() == [[0, 1, 2], [1, 0, 2], [2, *indices[2, 1:]], [3, 2, indices[3, 2]]]
    assert distances.tolist() == [[0, 0, 1], [0, 0, 1], [0, 1, 1], [0, 2, 3]]
