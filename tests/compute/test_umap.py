from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from apps.common.compute.progress import Cancelled
from apps.projections.compute.quality import quality
from apps.projections.compute.umap import umap

QUICK = {"n_epochs": 30, "random_state": 1}


def clusters(n, dimension=8):
    random = np.random.default_rng(0)
    vectors = random.normal(size=(n, dimension))
    vectors[n // 2 :] += 15
    return vectors


def test_clusters_stay_apart():
    positions = umap(clusters(200), random_state=1)
    inside = cdist(positions[:100], positions[:100]).max()
    between = cdist(positions[:100], positions[100:]).min()
    assert positions.shape == (200, 2)
    assert positions.dtype == np.float32
    assert between > inside / 4
    assert quality(clusters(200), positions)["trustworthiness"] > 0.9


def test_a_seed_gives_the_same_map_again():
    assert np.array_equal(umap(clusters(60), **QUICK), umap(clusters(60), **QUICK))


@pytest.mark.parametrize("metric", ["euclidean", "cosine", "manhattan", "correlation"])
@pytest.mark.parametrize("n", [4, 5, 16, 40])
def test_few_equal_and_constant_vectors_have_places(n, metric):
    for vectors in (np.ones((n, 3)), np.zeros((n, 3)), np.repeat(clusters(2, 3), n // 2 + 1, axis=0)[:n]):
        positions = umap(vectors, metric=metric, **QUICK)
        assert positions.shape == (n, 2)
        assert np.isfinite(positions).all()


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_every_kind_of_float_is_taken(dtype):
    assert umap(clusters(30).astype(dtype), **QUICK).shape == (30, 2)


def test_huge_vectors_are_scaled():
    assert np.isfinite(umap(clusters(30) * 1e200, **QUICK)).all()


@pytest.mark.parametrize(
    ("vectors", "message"),
    [
        (np.ones((3, 2)), "This method needs at least 4 vectors; there are 3."),
        (np.ones(8), r"Vectors must be an array of shape \(n, dimension\), not \(8,\)."),
        (np.array([[1.0, 2], [3, np.nan], [0, 0], [0, 0]]), "Vector 1 holds NaN or an infinite value."),
    ],
)
def test_what_it_cannot_use_is_refused(vectors, message):
    with pytest.raises(ValueError, match=message):
        umap(vectors)


def test_it_tells_how_far_it_is_and_shows_positions():
    heard = []
    umap(clusters(60), callback=lambda *news: heard.append(news), **QUICK)
    phases = list(dict.fromkeys(phase for phase, _, _ in heard))
    assert phases == [
        "Checking the vectors",
        "Finding neighbours",
        "Building the graph",
        "Spectral start",
        "Optimising the layout",
    ]
    assert [fraction for phase, fraction, _ in heard if phase == phases[-1]] == [epoch / 30 for epoch in range(30)]
    shown = {phase: positions for phase, _, positions in heard if positions is not None}
    assert list(shown) == phases[-2:]
    assert all(positions.shape == (60, 2) for positions in shown.values())


def test_listening_changes_nothing():
    assert np.array_equal(umap(clusters(60), **QUICK), umap(clusters(60), callback=lambda *_: None, **QUICK))


def test_a_callback_that_says_no_cancels_and_the_next_fit_works():
    def until_half(phase, fraction, positions):
        return not (phase == "Optimising the layout" and fraction >= 0.5)

    with pytest.raises(Cancelled):
        umap(clusters(60), callback=until_half, **QUICK)
    assert umap(clusters(60), **QUICK).shape == (60, 2)
