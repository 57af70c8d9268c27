"""The array function behind quality: known answers, and what must hold of any input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.covariance import ledoit_wolf as sklearn_ledoit_wolf

from apps.analysis.compute import space
from apps.analysis.compute.calibration import calibrate
from apps.analysis.compute.class_quality import class_quality
from apps.analysis.compute.spread import Spread, factor_of, ledoit_wolf
from apps.common.compute.progress import Cancelled

NOWHERE = -1


def blobs(n, d=8, k=3, seed=0):
    """Vectors of k classes, 1 … k, whose means lie 6 apart in a column each."""
    random = np.random.default_rng(seed)
    classes = np.arange(n) % k + 1
    return random.normal(size=(n, d)) + 6 * np.eye(k + 1, d)[classes], classes


def nowhere(n):
    return np.full(n, NOWHERE)


def score(reference, classes, targets, inferred, places=None, **given):
    places = nowhere(len(targets)) if places is None else places
    result = class_quality(reference, classes, targets, inferred, places, **given)
    assert result.shape == (len(targets), 2)
    assert np.isfinite(result).all()
    assert ((result[:, 0] >= 0) & (result[:, 0] <= 1)).all()
    assert ((result[:, 1] >= 0) & (result[:, 1] <= 100)).all()
    return result


def test_what_is_inferred_wrongly_is_nearer_to_another_class():
    reference, classes = blobs(300)
    targets, truth = blobs(90, seed=1)
    right, wrong = score(reference, classes, targets, truth), score(reference, classes, targets, truth % 3 + 1)
    assert right[:, 0].max() < 0.5 < wrong[:, 0].min()
    assert wrong[:, 1].max() < 1


def test_quality_is_the_share_of_the_class_that_lies_farther_out():
    reference, classes = blobs(3000)
    targets, truth = blobs(3000, seed=1)
    quality = score(reference, classes, targets, truth)[:, 1]
    for share in (5, 25, 50, 75, 95):
        assert abs((quality < share).mean() * 100 - share) < 3


def test_within_a_class_quality_falls_as_the_distance_rises():
    reference, classes = blobs(200)
    targets, truth = blobs(400, seed=1)
    result = score(reference, classes, targets * 1.5, truth)
    for code in (1, 2, 3):
        distance, quality = result[truth == code].T
        order = np.argsort(distance)
        assert (np.diff(quality[order])[np.diff(distance[order]) > 1e-9] < 0).all()


def test_the_middle_of_a_class_has_distance_0_and_quality_100():
    reference, classes = blobs(200)
    middle = reference[classes == 2].mean(axis=0, keepdims=True)
    assert score(reference, classes, middle, np.array([2]))[0] == pytest.approx([0, 100], abs=1e-6)


def test_half_way_between_two_like_classes_the_distance_is_a_half():
    random = np.random.default_rng(0)
    around = random.normal(size=(500, 4))
    around -= around.mean(axis=0)
    apart = np.array([5, 0, 0, 0])
    reference = np.concatenate([around - apart, around + apart])
    result = score(reference, np.repeat([1, 2], 500), np.zeros((2, 4)), np.array([1, 2]))
    assert result[:, 0] == pytest.approx([0.5, 0.5])


def test_leaving_a_member_out_is_what_computing_without_it_gives():
    random = np.random.default_rng(0)
    vectors, prior, imaginary = random.normal(size=(12, 5)), np.diag([1.0, 2, 3, 4, 5]), 10

    def spread(members):
        mean = members.mean(axis=0)
        freedom = len(members) - 1 + imaginary
        squares = imaginary * prior + (members - mean).T @ (members - mean)
        return Spread(1, len(members), freedom, mean, factor_of(squares / freedom))

    measured = spread(vectors).squared_distances(vectors, np.ones(12, dtype=bool))
    for row in range(12):
        others = spread(np.delete(vectors, row, axis=0))
        alone = others.squared_distances(vectors[row : row + 1], np.zeros(1, dtype=bool))
        assert measured[row] == pytest.approx(alone[0])


@pytest.mark.parametrize(("n", "d", "apart"), [(24, 6, 10), (30, 60, 15)])
def test_a_reference_that_is_its_own_target_is_not_flattered(n, d, apart):
    """Median quality over many small references: that of their own members is that of fresh vectors."""
    own, fresh = [], []
    for seed in range(20):
        vectors, classes = blobs(2 * n, d, k=2, seed=seed)
        reference, targets = vectors[:n], vectors[n:]
        own.append(score(reference, classes[:n], reference, classes[:n], np.arange(n))[:, 1])
        fresh.append(score(reference, classes[:n], targets, classes[n:])[:, 1])
    assert abs(np.median(own) - np.median(fresh)) < apart


def test_what_has_no_class_is_an_alternative():
    random = np.random.default_rng(0)
    cells, nothing = random.normal(size=(100, 5)), random.normal(size=(100, 5)) + 3
    reference, classes = np.concatenate([cells, nothing]), np.repeat([1, 0], 100)
    targets = np.array([[0.0] * 5, [3.0] * 5])
    distance = score(reference, classes, targets, np.array([1, 1]))[:, 0]
    assert distance[0] < 0.2
    assert distance[1] > 0.8


def test_a_few_without_a_class_do_not_count():
    reference, classes = blobs(100)
    few = np.where(np.arange(100) < 10, 0, classes)
    targets, truth = blobs(50, seed=1)
    assert score(reference, few, targets, truth) == pytest.approx(
        score(reference[10:], few[10:], targets, truth), rel=0.2
    )


def test_the_unit_of_a_column_does_not_matter():
    reference, classes = blobs(100)
    targets, truth = blobs(50, seed=1)
    unit = np.array([1, 1000, 1e-6, 1, 1, 5, 1, 1])
    assert score(reference * unit, classes, targets * unit, truth) == pytest.approx(
        score(reference, classes, targets, truth)
    )


def test_lots_of_any_size_give_the_same(monkeypatch):
    reference, classes = blobs(200)
    targets, truth = blobs(100, seed=1)
    whole = score(reference, classes, targets, truth)
    monkeypatch.setattr(space, "BYTES_A_CHUNK", 8 * 8 * 7)
    assert score(reference, classes, targets, truth) == pytest.approx(whole)


def test_half_precision_is_enough():
    reference, classes = blobs(200)
    targets, truth = blobs(100, seed=1)
    exact = score(reference, classes, targets, truth)
    half = score(reference.astype(np.float16), classes, targets.astype(np.float16), truth)
    assert half == pytest.approx(exact, abs=1.5)


def test_very_long_vectors_are_projected(monkeypatch):
    monkeypatch.setattr(space, "LARGEST_DIMENSION", 64)
    reference, classes = blobs(200, d=500)
    targets, truth = blobs(50, d=500, seed=1)
    reference, targets = reference + 6 * classes[:, None], targets + 6 * truth[:, None]
    assert score(reference, classes, targets, truth)[:, 0].max() < 0.5
    assert score(reference, classes, targets, truth % 3 + 1)[:, 0].min() > 0.5


DEGENERATE = {
    "fewer vectors than dimensions": blobs(9, d=50),
    "constant columns": (np.concatenate([blobs(30)[0], np.full((30, 2), 7.0)], axis=1), blobs(30)[1]),
    "a class of one": (blobs(30)[0], np.where(np.arange(30) == 0, 9, blobs(30)[1])),
    "one class": (blobs(30)[0], np.ones(30, dtype=int)),
    "one dimension": (blobs(30)[0][:, :1], blobs(30)[1]),
    "all the same": (np.ones((10, 4)), np.arange(10) % 2 + 1),
    "each class in one place": (np.eye(4)[np.arange(20) % 2], np.arange(20) % 2 + 1),
    "huge numbers": (blobs(30)[0] * 1e30, blobs(30)[1]),
    "a column of huge numbers": (blobs(30)[0] + [1e12, 0, 0, 0, 0, 0, 0, 0], blobs(30)[1]),
}


@pytest.mark.parametrize("case", DEGENERATE)
def test_a_degenerate_reference_still_scores(case):
    reference, classes = DEGENERATE[case]
    far = np.concatenate([reference, reference[::-1] * 3 + 1, np.zeros_like(reference[:1])])
    inferred = np.concatenate([classes, classes, classes[-1:]])
    score(reference, classes, far, inferred)
    known = np.flatnonzero(np.bincount(classes)[classes] > 1)
    score(reference, classes, reference[known], classes[known], known)


@settings(max_examples=30)
@given(st.data())
def test_any_reference_scores_any_target(data):
    n, d, k = (data.draw(st.integers(*bounds)) for bounds in ((2, 30), (1, 12), (1, 5)))
    numbers = st.floats(-1e6, 1e6, width=32)
    values = data.draw(st.lists(numbers, min_size=1, max_size=40))
    vectors = np.resize(np.array(values), (n, d))
    classes = np.array(data.draw(st.lists(st.integers(0, k), min_size=n, max_size=n)))
    classes[:2] = 1
    inferred = data.draw(st.sampled_from(sorted(set(classes.tolist()) - {0})))
    score(vectors, classes, vectors[::-1] * 2, np.full(n, inferred))


def test_no_targets_give_no_scores():
    reference, classes = blobs(30)
    assert score(reference, classes, reference[:0], classes[:0]).shape == (0, 2)


def test_the_callback_counts_and_cancels():
    reference, classes = blobs(300)
    told = []
    score(reference, classes, reference, classes, callback=lambda phase, done, _: told.append((phase, done)))
    assert {"Measuring the columns", "Measuring the classes", "Measuring distances"} <= {phase for phase, _ in told}
    assert all(0 <= done <= 1 for _, done in told)
    with pytest.raises(Cancelled):
        score(reference, classes, reference, classes, callback=lambda phase, done, _: phase != "Measuring distances")


@pytest.mark.parametrize(
    ("classes", "inferred", "places", "message"),
    [
        ([1, 2, 3, 4], [1], [NOWHERE], "No class of the reference has two labelled datapoints"),
        ([0, 0, 0, 0], [1], [NOWHERE], "No class of the reference has two labelled datapoints"),
        ([1, 1, 2, 2], [3], [NOWHERE], "of a class that the reference does not hold"),
        ([1, 1, 2, 0], [2], [2], "the only member of its class"),
    ],
)
def test_what_cannot_be_measured_is_refused(classes, inferred, places, message):
    arrays = [np.eye(4), np.array(classes), np.eye(4)[:1], np.array(inferred), np.array(places)]
    with pytest.raises(ValueError, match=message):
        class_quality(*arrays)


def test_shrinkage_is_that_of_scikit_learn():
    vectors = np.random.default_rng(0).normal(size=(40, 12)) * np.arange(1, 13)
    vectors -= vectors.mean(axis=0)
    lengths = (vectors**2).sum(axis=1)
    ours = ledoit_wolf(vectors.T @ vectors, float((lengths**2).sum()), 40)
    assert ours == pytest.approx(sklearn_ledoit_wolf(vectors, assume_centered=True)[0], rel=1e-6)


def test_calibration_follows_the_class_or_everybody_where_it_is_small():
    known, classes = np.arange(1, 41) / 100, np.repeat([1, 2], [20, 20])
    at = calibrate(known, classes, np.array([0.0, 0.1, 0.2, 1.0]), np.ones(4, dtype=int))
    assert at == pytest.approx([100, 100 * (1 - 10 / 21), 100 * (1 - 20 / 21), 0])
    small = calibrate(known, classes, np.array([0.2]), np.array([3]))
    assert small == pytest.approx([100 * (1 - 20 / 41)])
