from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array, diags_array
from scipy.sparse.linalg import eigsh
from sklearn.datasets import load_digits

from apps.common.compute.progress import Cancelled
from apps.embeddings.compute.neighbors import nearest_neighbors
from apps.projections.compute.eigen import slowest_vectors
from apps.projections.compute.fuzzy import fuzzy_graph
from apps.projections.compute.spectral import spectral_start
from apps.projections.compute.start import complete_start

DIGITS = load_digits().data.astype(np.float32)


def graph_of(vectors, k=15):
    return fuzzy_graph(*nearest_neighbors(vectors, k))


@pytest.mark.parametrize("n", [50, 1797])
def test_the_slowest_vectors_are_the_matrix_s_own(n):
    graph = graph_of(DIGITS[:n])
    matrix = csr_array((graph.weights, graph.indices, graph.indptr), shape=(n, n)).astype(float)
    roots = diags_array(1 / np.sqrt(matrix.sum(axis=1)))
    values, vectors = eigsh(roots @ matrix @ roots, 3, which="LA", v0=np.ones(n))
    wanted = vectors[:, np.argsort(-values)[1:]]
    found = slowest_vectors(graph, 2, phase="")
    assert np.allclose(np.abs((wanted * found).sum(axis=0)), 1, atol=0.01)
    assert np.array_equal(found, slowest_vectors(graph, 2, phase="", n_threads=1))


def test_unconnected_parts_lie_apart():
    vectors = np.concatenate([DIGITS[:60], DIGITS[:50] + 500, DIGITS[:8] - 900, DIGITS[:90] + 2000])
    parts = np.repeat(np.arange(4), [60, 50, 8, 90])
    positions = spectral_start(graph_of(vectors, 6), vectors=vectors)
    assert positions.min() == 0
    assert positions.max() == 10
    centers = np.array([positions[parts == part].mean(axis=0) for part in range(4)])
    nearest = np.linalg.norm(positions[:, None] - centers, axis=2).argmin(axis=1)
    assert (nearest == parts).mean() > 0.95
    assert np.isfinite(spectral_start(graph_of(vectors, 6))).all()


def test_it_can_be_cancelled():
    with pytest.raises(Cancelled):
        spectral_start(graph_of(DIGITS[:200]), callback=lambda *_: False)


def test_points_without_a_place_are_put_among_their_neighbours():
    vectors = np.concatenate([DIGITS[:60], DIGITS[:20] + 500])
    graph = graph_of(vectors, 6)
    known = np.random.default_rng(0).normal(size=(80, 2))
    known[50:] = np.nan
    placed = complete_start(graph, known)
    row = slice(graph.indptr[55], graph.indptr[56])
    near = graph.indices[row] < 50
    wanted = np.average(known[graph.indices[row][near]], axis=0, weights=graph.weights[row][near])
    assert np.allclose(placed[55], wanted, atol=1e-5)
    assert np.allclose(placed[:50], known[:50])
    assert np.allclose(placed[60:], placed[:50].mean(axis=0), atol=1e-5)
    with pytest.raises(ValueError, match="start holds no position"):
        complete_start(graph, np.full((80, 2), np.nan))
