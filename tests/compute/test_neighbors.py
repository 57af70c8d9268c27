"""Nearest neighbours against scikit-learn's brute force, and in the cases where searches go wrong."""

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from sklearn.datasets import load_digits
from sklearn.metrics import pairwise_distances

from apps.common.compute.progress import Cancelled
from apps.embeddings.compute import build
from apps.embeddings.compute.neighbors import measure_recall, nearest_neighbors, search

METRICS = ["euclidean", "cosine", "dot", "manhattan", "correlation"]


def all_distances(vectors, metric, queries=None):
    vectors = np.asarray(vectors, dtype=np.float64)
    queries = vectors if queries is None else np.asarray(queries, dtype=np.float64)
    if metric == "dot":
        return (vectors**2).sum(axis=1).max() - queries @ vectors.T
    return np.nan_to_num(pairwise_distances(queries, vectors, metric=metric), nan=1.0)


def true_distances(vectors, k, metric):
    distances = all_distances(vectors, metric)
    np.fill_diagonal(distances, np.inf)
    return np.sort(distances, axis=1)[:, : k - 1]


@pytest.fixture(scope="module")
def digits():
    return load_digits().data


@pytest.fixture(scope="module")
def blobs():
    random = np.random.default_rng(0)
    centres = 3 * random.normal(size=(12, 20))
    return (centres[random.integers(12, size=2500)] + random.normal(size=(2500, 20))).astype(np.float32)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_exact_neighbours_are_those_of_brute_force(metric, dtype):
    vectors = np.random.default_rng(1).normal(size=(333, 37)).astype(dtype)
    indices, distances = nearest_neighbors(vectors, 11, metric=metric, method="exact")
    assert indices.dtype == np.int32
    assert distances.dtype == np.float32
    assert (indices[:, 0] == np.arange(333)).all()
    assert (distances[:, 0] == 0).all()
    assert distances[:, 1:] == pytest.approx(true_distances(vectors, 11, metric), rel=1e-4, abs=1e-5)
    listed = np.take_along_axis(all_distances(vectors, metric), indices, axis=1)
    assert distances[:, 1:] == pytest.approx(listed[:, 1:], rel=1e-4, abs=1e-5)


@pytest.mark.parametrize("metric", METRICS)
def test_descent_finds_nearly_all_neighbours(digits, metric):
    indices, distances = nearest_neighbors(digits, 15, metric=metric, method="descent")
    assert (indices[:, 0] == np.arange(len(digits))).all()
    assert (np.diff(distances, axis=1) >= 0).all()
    assert all(len(set(row)) == 15 for row in indices.tolist())
    true = true_distances(digits, 15, metric)
    assert (distances[:, 1:] <= true[:, -1:] * (1 + 1e-5)).mean() >= 0.99
    assert measure_recall(digits, indices, metric=metric) >= 0.99


def test_distances_are_the_same_both_ways(blobs):
    indices, distances = nearest_neighbors(blobs, 10, method="descent")
    known = {(i, j): d for i, row in enumerate(indices) for j, d in zip(row, distances[i], strict=True)}
    both = [(d, known[j, i]) for (i, j), d in known.items() if (j, i) in known]
    assert len(both) > len(blobs)
    assert all(one == other for one, other in both)


@pytest.mark.parametrize("method", ["exact", "descent"])
def test_threads_do_not_change_the_neighbours(blobs, method):
    lists = [nearest_neighbors(blobs, 12, method=method, random_state=3, n_threads=count) for count in (1, 2, 5)]
    for indices, distances in lists[1:]:
        assert (indices == lists[0][0]).all()
        assert (distances == lists[0][1]).all()


def test_vectors_in_a_file_of_half_precision_are_as_good_as_in_memory(tmp_path, blobs):
    mapped = np.memmap(tmp_path / "vectors", dtype=np.float16, mode="w+", shape=blobs.shape)
    mapped[:] = blobs
    for method in ("exact", "descent"):
        in_file, in_memory = (nearest_neighbors(v, 8, method=method) for v in (mapped, np.array(mapped)))
        assert (in_file[0] == in_memory[0]).all()
    assert measure_recall(mapped, in_file[0]) >= 0.99


@pytest.mark.parametrize("method", ["exact", "descent"])
@pytest.mark.parametrize("metric", METRICS)
def test_duplicates_are_neighbours_of_one_another_and_never_of_themselves_twice(method, metric):
    vectors = np.repeat(np.random.default_rng(2).normal(size=(4, 6)), 300, axis=0)
    indices, distances = nearest_neighbors(vectors, 9, metric=metric, method=method)
    assert (indices[:, 0] == np.arange(1200)).all()
    assert all(len(set(row)) == 9 for row in indices.tolist())
    if metric != "dot":
        assert (indices // 300 == np.arange(1200)[:, None] // 300).all()
        assert distances == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("metric", METRICS)
def test_vectors_that_are_all_equal_or_zero_have_neighbours(metric):
    for value in (0.0, 0.1):
        indices, distances = nearest_neighbors(np.full((500, 3), value), 7, metric=metric, method="descent")
        assert all(len(set(row)) == 7 for row in indices.tolist())
        assert (indices[:, 0] == np.arange(500)).all()
        apart = 1 if metric == "correlation" else all_distances(np.full((2, 3), value), metric)[0, 1]
        assert distances[:, 1:] == pytest.approx(apart, abs=1e-7)


def test_zero_vectors_have_nothing_in_common_with_any_other():
    vectors = np.random.default_rng(3).normal(size=(50, 4))
    vectors[[7, 9]] = 0
    for metric in ("cosine", "correlation"):
        indices, distances = nearest_neighbors(vectors, 5, metric=metric)
        assert (distances[[7, 9], 1:] == 1).all()
        assert indices[7, 0] == 7
        assert not np.isin(np.delete(indices, [7, 9], axis=0), [7, 9]).any()


def test_constant_columns_and_a_single_column_do_no_harm():
    line = np.random.default_rng(4).permutation(3000)[:, None].astype(np.float32)
    for vectors in (line, np.hstack([line, np.full((3000, 3), 1e6, dtype=np.float32)])):
        indices, distances = nearest_neighbors(vectors, 3, method="descent")
        inner = (line[:, 0] > 0) & (line[:, 0] < 2999)
        assert (distances[inner, 1:] == 1).mean() >= 0.99
        assert (np.abs(line[indices[:, 1], 0] - line[:, 0]) == distances[:, 1]).all()


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_all_are_neighbours_where_there_are_fewer_than_asked_for(n):
    vectors = np.random.default_rng(5).normal(size=(n, 2))
    for method in ("auto", "exact", "descent"):
        indices, distances = nearest_neighbors(vectors, 15, method=method)
        assert indices.shape == distances.shape == (n, n)
        assert (np.sort(indices, axis=1) == np.arange(n)).all()


@pytest.mark.parametrize("scale", [1e-30, 1e25, 1e150])
@pytest.mark.parametrize("metric", METRICS)
def test_the_size_of_numbers_does_not_matter(metric, scale):
    vectors = np.random.default_rng(6).normal(size=(200, 5))
    indices, distances = nearest_neighbors(vectors * scale, 6, metric=metric)
    assert (indices == nearest_neighbors(vectors, 6, metric=metric)[0]).all()
    assert np.isfinite(distances).all()


def test_near_duplicates_far_from_the_origin_are_told_apart():
    random = np.random.default_rng(7)
    vectors = 1000 + 1e-3 * random.normal(size=(400, 8))
    _, distances = nearest_neighbors(vectors, 6)
    true = np.sort(cdist(vectors, vectors), axis=1)[:, 1:6]
    assert distances[:, 1:] == pytest.approx(true, rel=1e-3)


def test_numbers_that_are_not_finite_are_refused():
    vectors = np.ones((10, 2))
    vectors[6, 1] = np.nan
    for metric in METRICS:
        with pytest.raises(ValueError, match="Vector 6 holds NaN"):
            nearest_neighbors(vectors, 3, metric=metric)
    with pytest.raises(ValueError, match="metric must be one of"):
        nearest_neighbors(vectors, 3, metric="hamming")
    with pytest.raises(ValueError, match="method must be one of"):
        nearest_neighbors(vectors, 3, method="guess")


def test_progress_rises_and_a_search_can_be_cancelled(blobs):
    told = []
    vectors = np.repeat(blobs, 8, axis=0) + np.random.default_rng(8).normal(size=(20_000, 20)).astype(np.float32)
    nearest_neighbors(vectors, 10, callback=lambda phase, fraction, positions: told.append((phase, fraction)))
    assert {phase for phase, _ in told} == {"Finding neighbours"}
    fractions = [fraction for _, fraction in told]
    assert fractions == sorted(fractions)
    assert 0 <= fractions[0] <= fractions[-1] <= 1
    for method in ("exact", "descent"):
        with pytest.raises(Cancelled):
            nearest_neighbors(vectors, 10, method=method, callback=lambda *_: False)


@pytest.mark.parametrize(("most_compared", "least"), [(build.MOST_COMPARED, 1.0), (0.0, 0.93)])
def test_where_descent_fails_all_are_compared_or_lists_get_longer(monkeypatch, most_compared, least):
    monkeypatch.setattr(build, "MOST_COMPARED", most_compared)
    noise = np.random.default_rng(9).normal(size=(5000, 40)).astype(np.float32)
    indices, _ = nearest_neighbors(noise, 10, method="descent")
    assert indices.shape == (5000, 10)
    assert all(len(set(row)) == 10 for row in indices.tolist())
    assert measure_recall(noise, indices) >= least


def test_recall_is_the_share_of_true_neighbours(blobs):
    indices, _ = nearest_neighbors(blobs, 9, method="exact")
    assert measure_recall(blobs, indices) == 1
    indices[:, 7:] = -1
    assert measure_recall(blobs, indices) == pytest.approx(6 / 8)


@pytest.mark.parametrize("metric", METRICS)
def test_a_search_finds_what_brute_force_finds(blobs, metric):
    queries = blobs[:40] + np.float32(0.1)
    indices, distances = search(blobs, queries, 20, metric=metric)
    true = np.sort(all_distances(blobs, metric, queries), axis=1)[:, :20]
    assert distances == pytest.approx(true, rel=1e-4, abs=1e-5)
    graph, _ = nearest_neighbors(blobs, 15, metric=metric)
    followed, _ = search(blobs, queries, 20, metric=metric, graph=graph)
    shared = [len(set(one) & set(other)) for one, other in zip(indices.tolist(), followed.tolist(), strict=True)]
    assert np.mean(shared) >= 0.95 * 20
