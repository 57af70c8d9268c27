from __future__ import annotations

import numpy as np
import pytest

from apps.embeddings.compute.neighbors import nearest_neighbors
from apps.projections.compute.placement import memberships, place, place_new, spread_ties


def clusters(n, seed=0):
    """Three clusters in ten dimensions, and their places on a map."""
    rng = np.random.default_rng(seed)
    label = np.arange(n) % 3
    centres = np.eye(3, 10) * 20
    middles = np.array([[0, 0], [10, 0], [0, 10]])
    return label, centres[label] + rng.normal(size=(n, 10)), middles[label] + rng.normal(size=(n, 2))


def test_weights_fall_off_with_the_distance_and_do_not_depend_on_its_scale():
    distances = np.array([[1.0, 1.5, 2.0, 4.0]])
    weights = memberships(distances)
    assert (np.diff(weights[0]) < 0).all()
    assert weights.sum() == pytest.approx(1)
    assert np.allclose(memberships(distances * 1000), weights)
    assert np.allclose(memberships(np.zeros((2, 4))), 0.25)
    assert memberships(np.array([[3.0]])).tolist() == [[1.0]]


def test_a_datapoint_is_put_between_its_neighbours_nearest_to_the_nearest():
    positions = np.array([[0, 0], [4, 0], [100, 100]], dtype=np.float32)
    [placed] = place(positions, np.array([[0, 1]], dtype=np.int32), np.array([[1.0, 2.0]], dtype=np.float32))
    assert 0 < placed[0] < 2
    assert placed[1] == 0


@pytest.mark.parametrize("is_shuffled", [False, True])
def test_new_datapoints_join_their_cluster_and_nobody_else_moves(is_shuffled):
    label, vectors, positions = clusters(240)
    order = np.random.default_rng(3).permutation(240) if is_shuffled else np.arange(240)
    label, vectors, start = label[order], vectors[order].astype(np.float32), positions[order].astype(np.float32)
    is_new = order >= 210
    start[is_new] = np.nan
    placed = place_new(vectors, start)
    assert placed[~is_new].tobytes() == start[~is_new].tobytes()
    middles = np.array([[0, 0], [10, 0], [0, 10]])
    assert (np.linalg.norm(placed[is_new] - middles[label[is_new]], axis=1) < 2).all()
    assert place_new(vectors, start).tobytes() == placed.tobytes()


def test_copies_of_one_datapoint_can_be_told_apart():
    _, vectors, start = clusters(60)
    vectors[40:], start[40:] = vectors[0] + 1, np.nan
    placed = place_new(vectors.astype(np.float32), start)[40:]
    assert len(np.unique(placed, axis=0)) == 20
    assert np.ptp(placed, axis=0).max() < 3


def test_points_with_a_place_of_their_own_are_not_spread():
    points = np.random.default_rng(0).normal(size=(50, 2)).astype(np.float32)
    assert spread_ties(points, points).tobytes() == points.tobytes()


def test_a_map_of_one_datapoint_takes_others():
    placed = place_new(np.array([[1.0, 2.0], [9.0, 9.0]]), np.array([[5.0, 6.0], [np.nan, np.nan]]))
    assert placed.tolist() == [[5, 6], [5, 6]]


def test_without_any_place_there_is_nothing_to_go_by():
    with pytest.raises(ValueError, match="No datapoint has a place"):
        place_new(np.eye(3), np.full((3, 2), np.nan))


def test_known_neighbours_give_the_same_places_as_a_search():
    _, vectors, positions = clusters(240)
    vectors, start = vectors.astype(np.float32), positions.astype(np.float32)
    start[[5, 100, 239]] = np.nan
    neighbors = nearest_neighbors(vectors, 20)
    by_list = place_new(vectors, start, *(each[:, :16].copy() for each in neighbors))
    assert np.abs(by_list - place_new(vectors, start)).max() < 0.1
    # With themselves and one other in their lists they are searched for.
    indices, distances = (each[:, :2].copy() for each in neighbors)
    assert np.array_equal(place_new(vectors, start, indices, distances), place_new(vectors, start))
