from __future__ import annotations

import warnings

import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.datasets import load_digits

from apps.embeddings.compute.neighbors import nearest_neighbors
from apps.projections.compute.curve import fit_curve, tabulate_forces
from apps.projections.compute.fuzzy import fuzzy_graph
from apps.projections.compute.graph import components, prune
from apps.projections.compute.supervision import supervise

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from umap import umap_

DIGITS = load_digits()
VECTORS = np.concatenate([DIGITS.data[:300], DIGITS.data[:40], DIGITS.data[:5]]).astype(np.float32)


def as_matrix(graph):
    n = len(graph.indptr) - 1
    return csr_array((graph.weights, graph.indices, graph.indptr), shape=(n, n))


def graphs(vectors, k=15):
    indices, distances = nearest_neighbors(vectors, k)
    theirs = umap_.fuzzy_simplicial_set(vectors, k, None, "euclidean", knn_indices=indices, knn_dists=distances)[0]
    return fuzzy_graph(indices, distances), csr_array(theirs)


@pytest.mark.parametrize("vectors", [VECTORS, np.repeat(VECTORS[:4], 20, axis=0), np.ones((20, 3), np.float32)])
def test_the_graph_is_umap_learns(vectors):
    ours, theirs = graphs(vectors)
    assert abs(as_matrix(ours) - theirs).max() < 1e-4
    assert (np.diff(ours.indices[ours.indptr[7] : ours.indptr[8]]) > 0).all()


def test_labels_weigh_as_in_umap_learn():
    ours, theirs = graphs(VECTORS)
    labels = np.concatenate([DIGITS.target[:300], DIGITS.target[:40], DIGITS.target[:5]]).astype(np.int32)
    labels[::7] = -1
    wanted = umap_.discrete_metric_simplicial_set_intersection(theirs.tocoo(), labels, far_dist=5.0)
    assert abs(as_matrix(supervise(ours, labels)) - csr_array(wanted)).max() < 1e-4


def test_the_curve_is_umap_learns():
    for min_dist, spread in ((0.1, 1.0), (0.0, 1.0), (0.5, 2.0), (1.0, 1.0)):
        assert fit_curve(min_dist, spread) == pytest.approx(umap_.find_ab_params(spread, min_dist), abs=1e-4)


def test_the_tables_hold_the_forces():
    forces = tabulate_forces(1.577, 0.895)
    at = np.float32(2.0).view(np.int32) >> 17
    step = at - ((127 - 16) << 6)
    assert forces.attraction[step] == pytest.approx(-2 * 1.577 * 0.895 * 2**-0.105 / (1 + 1.577 * 2**0.895), rel=0.02)
    assert forces.repulsion[step] == pytest.approx(2 * 0.895 / (2.001 * (1 + 1.577 * 2**0.895)), rel=0.02)


def test_threads_change_nothing_and_missing_neighbours_are_left_out():
    indices, distances = nearest_neighbors(VECTORS, 10)
    indices[::3, 6:], distances[::3, 6:] = -1, np.inf
    one, five = (fuzzy_graph(indices, distances, n_threads=count) for count in (1, 5))
    assert all(np.array_equal(a, b) for a, b in zip(one, five, strict=True))
    assert np.isfinite(one.weights).all()
    assert one.indices.min() >= 0


def test_parts_and_weak_edges_are_found():
    far = np.concatenate([VECTORS[:40], VECTORS[:30] + 1000])
    graph = fuzzy_graph(*nearest_neighbors(far, 5))
    numbers = components(graph)
    assert set(numbers[:40]).isdisjoint(numbers[40:])
    pruned = prune(graph, 10)
    assert len(pruned.weights) == (graph.weights >= graph.weights.max() / 10).sum()
    assert abs(as_matrix(pruned) - as_matrix(pruned).T).max() == 0
