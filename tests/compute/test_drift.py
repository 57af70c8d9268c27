from __future__ import annotations

import numpy as np
import pytest

from apps.projections.compute.drift import drift, moved, spread
from apps.projections.compute.following import follow


def layout(n=300):
    return np.random.default_rng(0).normal(size=(n, 2)).astype(np.float32)


def test_the_unit_is_the_distance_of_a_typical_point_from_the_middle():
    ring = np.array([[np.cos(a), np.sin(a)] for a in np.linspace(0, 2 * np.pi, 100, endpoint=False)])
    assert spread(ring * 5 + 70) == pytest.approx(5)
    assert (spread(ring[:1]), spread(ring[:0])) == (0, 0)


def test_movement_is_told_in_that_unit():
    assert moved(layout() + np.array([3, 4]), layout(), unit=2.0) == pytest.approx(2.5, abs=1e-5)


def test_the_same_map_did_not_drift():
    still = drift(layout(), layout(), np.zeros(300, np.float32), np.ones(300, bool), n_new=0, n_gone=0)
    assert still == {
        "n_shared": 300, "n_unchanged": 300, "n_new": 0, "n_gone": 0, "median": 0.0, "p90": 0.0,
        "unchanged_median": 0.0, "unchanged_p90": 0.0, "neighbor_retention": 1.0,
    }  # fmt: skip


def test_a_shuffled_map_keeps_neighbourhoods_by_chance():
    shuffled = np.random.default_rng(1).permutation(layout())
    distances = moved(shuffled, layout(), unit=spread(layout()))
    found = drift(shuffled, layout(), distances, np.zeros(300, bool), n_new=2, n_gone=3)
    assert found["neighbor_retention"] < 0.1
    assert found["median"] > 0.5
    assert (found["n_unchanged"], found["unchanged_median"]) == (0, None)


def test_many_points_at_one_place_are_no_trouble():
    crowd = np.zeros((40, 2), np.float32)
    found = drift(crowd, crowd, np.zeros(40, np.float32), np.ones(40, bool), n_new=0, n_gone=0)
    assert 0 <= found["neighbor_retention"] <= 1


def test_two_versions_are_followed_by_datapoint():
    before = layout()
    # Of the new version, rows 0 … 9 are new; the others are the old 20 … 299, turned by a right angle.
    places = np.concatenate([np.full(10, -1), np.arange(20, 300)])
    now = np.concatenate([layout(10) + 30, before[20:]]) @ np.array([[0, 1], [-1, 0]])
    now[10] += 5  # its vector changed, and it went
    is_unchanged = places >= 0
    is_unchanged[10] = False
    found = follow(now, before, places, is_unchanged)
    assert np.allclose(found["positions"][11:], before[21:], atol=1e-4)
    assert (found["moved"][:10] == -1).all()
    assert found["moved"][10] > 1
    assert found["moved"][11:].max() < 1e-4
    drifted = found["drift"]
    assert (drifted["n_shared"], drifted["n_unchanged"], drifted["n_new"], drifted["n_gone"]) == (280, 279, 10, 20)
    assert drifted["unchanged_p90"] < 1e-4


def test_a_version_that_lies_where_the_old_one_lay_is_left_as_it_is():
    before = layout()
    now = before.copy()
    now[7] += 2
    found = follow(now, before, np.arange(300), np.arange(300) != 7, is_fixed=True)
    assert found["positions"].tobytes() == now.tobytes()
    assert np.flatnonzero(found["moved"]).tolist() == [7]
