from __future__ import annotations

import numpy as np
import pytest

from apps.projections.compute.quality import faithfulness, label_accuracy, quality


def points(n=300):
    return np.random.default_rng(0).normal(size=(n, 2)).astype(np.float32)


def test_a_map_that_is_its_vectors_is_perfect():
    found = faithfulness(points(), points())
    assert found["figures"] == {
        "trustworthiness": 1.0, "triplet_accuracy": 1.0, "neighbor_preservation": 1.0, "n_sampled": 300,
        "n_neighbors": 15,
    }  # fmt: skip
    assert (found["preservation"] == 1).all()


def test_a_map_at_another_scale_is_perfect_too():
    assert faithfulness(points(), points() * 7 + 3)["figures"]["neighbor_preservation"] == 1.0


def test_a_map_by_chance_is_as_good_as_chance():
    by_chance = faithfulness(points(2000), np.random.default_rng(1).normal(size=(2000, 2)))["figures"]
    assert abs(by_chance["trustworthiness"] - 0.5) < 0.03
    assert abs(by_chance["triplet_accuracy"] - 0.5) < 0.03
    assert by_chance["neighbor_preservation"] < 0.02


@pytest.mark.parametrize("metric", ["euclidean", "cosine", "dot", "manhattan", "correlation"])
def test_every_metric_is_measured(metric):
    assert quality(points(100), points(100), metric=metric)["trustworthiness"] > 0.5


def test_small_maps_use_small_neighbourhoods():
    assert quality(points(6), points(6))["n_neighbors"] == 2
    assert faithfulness(points(3), points(3))["figures"] == {}


def test_labels_that_lie_together_are_found_by_their_neighbours():
    labels = np.repeat(np.arange(3, dtype=np.int32), 40)
    apart = points(120) + labels[:, np.newaxis] * 50
    assert label_accuracy(apart, labels) == 1.0
    assert label_accuracy(np.zeros((120, 2)), labels) < 0.6
    # Those without a label neither vote nor are asked.
    labels[::2] = -1
    assert faithfulness(apart, apart, labels=labels)["figures"]["label_accuracy"] == 1.0
    assert label_accuracy(apart, np.zeros(120, dtype=np.int32)) is None
    assert label_accuracy(apart, np.full(120, -1, dtype=np.int32)) is None
