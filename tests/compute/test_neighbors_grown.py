"""Lists of neighbours that grow with their rows, or that were put together from parts."""

import numpy as np
import pytest

from apps.embeddings.compute.neighbors import extend_neighbors, measure_recall, nearest_neighbors, refine_neighbors


@pytest.fixture(scope="module")
def sheets():
    random = np.random.default_rng(0)
    turns = random.normal(size=(5, 4, 24))
    sheet = random.uniform(-1, 1, size=(6000, 4))
    which = random.integers(5, size=6000)
    vectors = np.einsum("ni,nij->nj", sheet, turns[which]) + 3 * random.normal(size=(5, 24))[which]
    return (vectors + 0.2 * random.normal(size=vectors.shape)).astype(np.float32)


@pytest.mark.parametrize("metric", ["euclidean", "cosine", "dot", "manhattan", "correlation"])
def test_added_rows_are_found_and_found_by_the_known(sheets, metric):
    known = nearest_neighbors(sheets[:5400], 12, metric=metric)
    indices, distances = extend_neighbors(sheets, *known, metric=metric)
    fresh, _ = nearest_neighbors(sheets, 12, metric=metric)
    assert indices.shape == distances.shape == (6000, 12)
    assert (indices[:, 0] == np.arange(6000)).all()
    assert (np.diff(distances, axis=1) >= 0).all()
    assert all(len(set(row)) == 12 for row in indices.tolist())
    assert measure_recall(sheets, indices, metric=metric) >= measure_recall(sheets, fresh, metric=metric) - 0.02
    assert (indices[:5400] >= 5400).any(axis=1).mean() > 0.3


def test_extended_lists_do_not_depend_on_threads(sheets):
    known = nearest_neighbors(sheets[:5900], 10)
    lists = [extend_neighbors(sheets, *known, random_state=1, n_threads=count) for count in (1, 3)]
    assert (lists[0][0] == lists[1][0]).all()
    assert (lists[0][1] == lists[1][1]).all()


def test_nothing_added_changes_nothing(sheets):
    known = nearest_neighbors(sheets[:2000], 10, method="exact")
    indices, distances = extend_neighbors(sheets[:2000], *known)
    assert distances == pytest.approx(known[1], rel=1e-6)
    assert (indices == known[0]).mean() > 0.999


def test_many_rows_may_be_added_to_few(sheets):
    known = nearest_neighbors(sheets[:50], 10)
    indices, _ = extend_neighbors(sheets[:3000], *known)
    assert measure_recall(sheets[:3000], indices) >= 0.98


def test_lists_put_together_from_parts_are_refined(sheets):
    indices = np.full((6000, 12), -1, dtype=np.int32)
    distances = np.full((6000, 12), np.inf, dtype=np.float32)
    order = np.random.default_rng(1).permutation(6000)
    for rows in np.array_split(order, 3):
        some, away = nearest_neighbors(sheets[rows], 8)
        indices[rows, :8], distances[rows, :8] = rows[some], away
    before = measure_recall(sheets, indices)
    refined, away = refine_neighbors(sheets, indices, distances)
    assert before < 0.5
    assert measure_recall(sheets, refined) >= 0.97
    assert (refined[:, 0] == np.arange(6000)).all()
    assert all(len(set(row)) == 12 for row in refined.tolist())
    assert np.isfinite(away).all()


def test_a_row_without_any_neighbours_gets_them(sheets):
    indices, distances = nearest_neighbors(sheets[:3000], 8)
    indices[100, 1:], distances[100, 1:] = -1, np.inf
    refined, _ = refine_neighbors(sheets[:3000], indices, distances, n_iterations=1)
    true, _ = nearest_neighbors(sheets[:3000], 8, method="exact")
    assert len(set(refined[100]) & set(true[100])) >= 7
