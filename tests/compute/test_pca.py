from __future__ import annotations

import numpy as np
import pytest
from sklearn.decomposition import PCA

from apps.common.compute.progress import Cancelled
from apps.projections.compute import pca as module
from apps.projections.compute.pca import pca


def vectors(n=500, dimension=7):
    return np.random.default_rng(0).normal(size=(n, dimension)) * np.arange(1, dimension + 1) + 100


def test_it_agrees_with_scikit_learn_up_to_signs():
    ours, theirs = pca(vectors()), PCA(2, svd_solver="full").fit_transform(vectors())
    assert ours.dtype == np.float32
    assert np.allclose(np.abs(ours), np.abs(theirs), atol=1e-3)


def test_the_way_for_large_dimensions_agrees_with_the_other(monkeypatch):
    exact = pca(vectors())
    monkeypatch.setattr(module, "LARGEST_COVARIANCE", 3)
    assert np.allclose(pca(vectors()), exact, atol=1e-3)


def test_it_is_the_same_every_time_and_for_every_chunk_size(monkeypatch):
    once = pca(vectors())
    assert np.array_equal(pca(vectors()), once)
    monkeypatch.setattr(module, "ROWS_A_CHUNK", 64)
    assert np.allclose(pca(vectors()), once, atol=1e-4)


def test_one_column_lies_on_a_line():
    positions = pca(np.array([[1.0], [2], [4]]))
    assert np.allclose(positions[:, 1], 0)
    assert np.allclose(np.diff(positions[:, 0]), [1, 2])


def test_equal_vectors_lie_on_one_spot():
    assert np.array_equal(pca(np.full((5, 3), 7.0)), np.zeros((5, 2)))


def test_vectors_beyond_float32_are_refused():
    with pytest.raises(ValueError, match="scale them down"):
        pca(vectors() * 1e100)


def test_it_can_be_cancelled():
    with pytest.raises(Cancelled):
        pca(vectors(), callback=lambda *_: False)
