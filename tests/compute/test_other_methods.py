"""t-SNE, PaCMAP, LocalMAP, densMAP and maps by label: clusters stay together, and all can be heard and stopped."""

from __future__ import annotations

import sys
from functools import partial
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest
from sklearn.datasets import load_digits

from apps.common.compute.progress import Cancelled, Wish
from apps.embeddings.compute.neighbors import nearest_neighbors
from apps.projections.compute.cuml import missing
from apps.projections.compute.densmap import densmap
from apps.projections.compute.pacmap import localmap, pacmap
from apps.projections.compute.quality import label_accuracy
from apps.projections.compute.tsne import tsne
from apps.projections.compute.umap import umap

QUICK = {
    "tsne": partial(tsne, n_iter=60, perplexity=15),
    "pacmap": pacmap,
    "localmap": localmap,
    "densmap": partial(densmap, n_epochs=100),
    "by label": partial(umap, n_epochs=60),
}
LAYOUT = "Optimising the layout"


@pytest.fixture(scope="module")
def digits():
    """400 digits and what they are."""
    images, labels = load_digits(return_X_y=True)
    return images[:400].astype(np.float32), labels[:400].astype(np.int32)


@pytest.mark.parametrize("name", list(QUICK))
def test_digits_stay_together_the_same_with_a_seed_and_by_given_neighbours(name, digits):
    vectors, labels = digits
    method = partial(QUICK[name], labels=labels) if name == "by label" else QUICK[name]
    positions = method(vectors, random_state=1)
    assert positions.shape == (400, 2)
    assert positions.dtype == np.float32
    assert label_accuracy(positions, labels) > 0.85
    assert np.array_equal(method(vectors, random_state=1), positions)
    indices, distances = nearest_neighbors(vectors, 70)
    given = method(vectors, random_state=1, neighbors_indices=indices, neighbors_distances=distances)
    assert label_accuracy(given, labels) > 0.85


def test_labels_pull_clusters_apart(digits):
    vectors, labels = digits
    noisy = vectors + np.random.default_rng(0).normal(scale=12, size=vectors.shape).astype(np.float32)
    plain = umap(noisy, n_epochs=60, random_state=1)
    by_label = umap(noisy, n_epochs=60, random_state=1, labels=labels)
    assert label_accuracy(by_label, labels) > label_accuracy(plain, labels) + 0.05


@pytest.mark.parametrize("name", ["tsne", "pacmap", "localmap"])
def test_progress_is_counted_and_a_layout_may_be_cancelled_or_kept(name, digits):
    vectors, method = digits[0][:120], QUICK[name]
    heard = []

    def listen(phase, fraction, positions):
        heard.append((phase, fraction, positions))
        return Wish.STOP_HERE if phase == LAYOUT and fraction > 0.5 else None

    kept = method(vectors, random_state=1, callback=listen)
    seen = [(fraction, positions) for phase, fraction, positions in heard if phase == LAYOUT]
    assert [fraction for fraction, _ in seen] == sorted({fraction for fraction, _ in seen})
    assert 0.5 < seen[-1][0] < 0.6
    assert seen[-1][0].total > seen[-1][0].done
    # What was asked to be kept is kept: as it was shown, at most a step on.
    assert np.abs(kept - seen[-1][1]).max() < np.abs(kept).max()
    with pytest.raises(Cancelled):
        method(vectors, callback=lambda phase, *_: phase != LAYOUT)


@pytest.mark.parametrize("name", ["tsne", "pacmap", "localmap", "densmap"])
def test_three_components_cosine_and_equal_vectors(name, digits):
    vectors, method = digits[0], QUICK[name]
    assert method(vectors[:60], n_components=3, metric="cosine", random_state=1).shape == (60, 3)
    assert np.isfinite(method(np.ones((20, 3), dtype=np.float32), random_state=1)).all()


@pytest.mark.parametrize(("method", "fewest"), [(tsne, 8), (pacmap, 16), (localmap, 16)])
def test_the_fewest_vectors_are_enough_and_fewer_are_refused(method, fewest, digits):
    vectors = digits[0]
    assert np.isfinite(method(vectors[:fewest], random_state=1)).all()
    with pytest.raises(ValueError, match=f"at least {fewest} vectors; there are {fewest - 1}"):
        method(vectors[: fewest - 1])


def test_a_metric_that_pacmap_does_not_know_is_refused(digits):
    with pytest.raises(ValueError, match="metric must be euclidean or cosine, not 'manhattan'"):
        pacmap(digits[0], metric="manhattan")


def test_without_cuml_the_engine_says_so(digits, monkeypatch):
    monkeypatch.setitem(sys.modules, "cuml.manifold", None)
    with pytest.raises(ValueError, match="cuML is not installed on the server"):
        umap(digits[0][:50], engine="cuml")


class FakeUMAP:
    """What cuML documents of its UMAP, as far as we use it: it keeps what it was called with."""

    def __init__(self, **given):
        FakeUMAP.given = given

    def fit_transform(self, vectors, y=None):
        FakeUMAP.labels = y
        places = np.arange(2.0 * len(vectors)).reshape(-1, 2)
        callback = FakeUMAP.given["callback"]
        if callback is not None:
            callback.on_preprocess_end(SimpleNamespace(copy_to_host=lambda: places))
            for _ in range(3):
                callback.on_epoch_end(SimpleNamespace(copy_to_host=lambda: places))
            callback.on_train_end(None)
        return places


@pytest.fixture
def cuml(monkeypatch):
    """A module in cuML's place, and a driver that counts one device."""
    names = ("cuml", "cuml.manifold", "cuml.internals", "cupy")
    modules = {name: ModuleType(name) for name in names}
    modules["cuml.manifold"].UMAP = FakeUMAP
    modules["cuml.internals"].GraphBasedDimRedCallback = object
    modules["cupy"].cuda = SimpleNamespace(runtime=SimpleNamespace(getDeviceCount=lambda: 1))
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    return modules


def test_cuml_gets_our_neighbours_and_is_heard(cuml, digits):
    vectors, labels = digits[0][:50], digits[1][:50]
    heard = []
    positions = umap(
        vectors, engine="cuml", n_neighbors=7, n_epochs=3, random_state=5, labels=labels,
        callback=lambda *news: heard.append(news),
    )  # fmt: skip
    assert positions.shape == (50, 2)
    given = FakeUMAP.given
    expected = {"n_neighbors": 7, "n_epochs": 3, "random_state": 5, "min_dist": 0.1, "n_components": 2}
    assert {name: given[name] for name in expected} == expected
    indices, distances = given["precomputed_knn"]
    assert indices.shape == distances.shape == (50, 7)
    assert "densmap" not in given
    assert np.array_equal(FakeUMAP.labels, labels)
    assert [fraction for phase, fraction, _ in heard if phase == LAYOUT] == [1 / 3, 2 / 3, 1]


def test_cuml_is_cancelled_after_its_fit_and_takes_no_start(cuml, digits):
    with pytest.raises(Cancelled):
        umap(digits[0][:50], engine="cuml", callback=lambda phase, *_: phase != LAYOUT)
    with pytest.raises(ValueError, match="cannot start from a layout"):
        umap(digits[0][:50], engine="cuml", start=np.zeros((50, 2)))


def test_cuml_without_a_device_says_so(cuml):
    assert missing() is None
    cuml["cupy"].cuda.runtime.getDeviceCount = lambda: 0
    assert missing() == "cuML is installed, but the server has no GPU."

    def fails():
        raise RuntimeError("driver too old")

    cuml["cupy"].cuda.runtime.getDeviceCount = fails
    assert missing() == "cuML is installed, but no GPU answers: driver too old"
