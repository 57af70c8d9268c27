from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from apps.common.compute.progress import Cancelled
from apps.projections.compute import preservation as module
from apps.projections.compute.preservation import preservation


def nearest(points, k):
    """Each itself first, by the whole matrix of distances."""
    distances = cdist(points, points)
    np.fill_diagonal(distances, -1)
    return np.argsort(distances, axis=1, kind="stable")[:, : k + 1].astype(np.int32)


def points(n, seed=0, dimension=2):
    return np.random.default_rng(seed).normal(size=(n, dimension))


def test_it_is_the_share_of_neighbours_that_stayed_neighbours(monkeypatch):
    vectors, places = points(300, dimension=5), points(300, seed=1)
    places[:150] = vectors[:150, :2]
    near, seen = nearest(vectors, 12), nearest(places, 12)
    truly = [len(set(near[i, 1:]) & set(seen[i, 1:])) / 12 for i in range(300)]
    assert np.allclose(preservation(near, places), truly)
    monkeypatch.setattr(module, "ROWS_A_CHUNK", 70)
    assert np.allclose(preservation(near, places, n_threads=2), truly)


def test_a_map_that_is_its_vectors_keeps_all_and_one_by_chance_the_share_of_chance():
    assert (preservation(nearest(points(200), 15), points(200)) == 1).all()
    by_chance = preservation(nearest(points(1500), 15), points(1500, seed=1))
    assert abs(by_chance.mean() - 15 / 1500) < 0.005


def test_duplicates_cost_nothing():
    places = np.repeat(points(10), 20, axis=0)
    assert (preservation(nearest(places, 5), places) == 1).all()


def test_only_what_people_see_counts_and_few_neighbours_do():
    flat = points(50)
    deep = np.column_stack([flat, points(50, seed=3)[:, 0] * 100])
    assert (preservation(nearest(flat, 2), deep) == 1).all()


def test_neighbours_that_are_gone_do_not_count():
    near = nearest(points(40), 4)
    near[0, 1:], near[1, 3:] = -1, -1
    found = preservation(near, points(40))
    assert np.isnan(found[0])
    assert (found[1:] == 1).all()


def test_it_can_be_cancelled():
    with pytest.raises(Cancelled):
        preservation(nearest(points(30), 3), points(30), callback=lambda *_: False)
