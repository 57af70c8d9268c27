"""The array function behind matching: known answers, and what must hold of any boxes."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.analysis.compute import match_boxes as module
from apps.analysis.compute.iou import iou_matrix
from apps.analysis.compute.match_boxes import match_boxes
from apps.common.compute.progress import Cancelled

# In one image: a ground-truth box, and found boxes that it shares with others by more or less.
SQUARE = [0, 0, 10, 10]
METHODS = ("hungarian", "best_first")


def match(found, truth, *, classes=None, **given):
    """Partners of the found boxes of one image, by the place of the ground-truth box; None where there is none."""
    boxes = np.array([*found, *truth], dtype=float).reshape(-1, 4)
    is_found = np.arange(len(boxes)) < len(found)
    classes = np.zeros(len(boxes), dtype=int) if classes is None else np.array(classes)
    result = match_boxes(boxes, np.zeros(len(boxes), dtype=int), is_found, classes, **given)
    partners = result[:, 0].astype(int)
    for place, partner in enumerate(partners):
        assert partner == -1 or (partners[partner] == place and result[place, 1] == result[partner, 1])
    return [int(partner) - len(found) if partner >= 0 else None for partner in partners[: len(found)]]


@pytest.mark.parametrize(
    ("box", "other", "overlap"),
    [
        (SQUARE, SQUARE, 1),
        (SQUARE, [5, 0, 10, 10], 1 / 3),
        (SQUARE, [2, 2, 5, 5], 0.25),
        (SQUARE, [10, 0, 10, 10], 0),
        (SQUARE, [20, 20, 5, 5], 0),
        (SQUARE, [5, 5, 0, 0], 0),
        ([5, 5, 0, 0], [5, 5, 0, 0], 0),
    ],
)
def test_overlap_is_intersection_over_union(box, other, overlap):
    assert iou_matrix(np.array([box]), np.array([other])) == pytest.approx(np.array([[overlap]]))


@pytest.mark.parametrize("method", METHODS)
def test_a_box_has_one_partner_at_most(method):
    assert match([[0, 0, 10, 9], SQUARE, [0, 0, 9, 9]], [SQUARE], method=method) == [None, 0, None]


@pytest.mark.parametrize("method", METHODS)
def test_partners_are_of_one_image(method):
    boxes, is_found = np.array([SQUARE] * 4, dtype=float), np.array([True, False, True, False])
    result = match_boxes(boxes, np.array([7, 3, 3, 9]), is_found, np.zeros(4, dtype=int), method=method)
    assert result.tolist() == [[-1, 0], [2, 1], [1, 1], [-1, 0]]


def test_the_methods_differ_where_the_best_pair_spoils_two_others():
    """IoU: 2/3 and 0.9 for the first found box, 0.55 for the second with the box that the first fits best."""
    found, truth = [[0, 0, 10, 10], [4.5, 0, 10, 10]], [[1, 0, 10, 10], [-2.5, 0, 10, 10]]
    overlaps = iou_matrix(np.array(found), np.array(truth))
    assert overlaps[0, 0] > max(overlaps[0, 1], overlaps[1, 0])
    assert overlaps[0, 1] + overlaps[1, 0] > overlaps[0, 0] + overlaps[1, 1]
    assert match(found, truth, iou_threshold=0.4) == [1, 0]
    assert match(found, truth, iou_threshold=0.4, method="best_first") == [0, None]


def test_of_equal_overlaps_the_earlier_box_comes_first():
    assert match([SQUARE, SQUARE], [SQUARE], method="best_first") == [0, None]
    assert match([SQUARE], [SQUARE, SQUARE], method="best_first") == [0]


def test_the_threshold_itself_is_enough():
    half = [0, 0, 10, 5]
    assert match([half], [SQUARE], iou_threshold=0.5) == [0]
    assert match([half], [SQUARE], iou_threshold=0.51) == [None]


@pytest.mark.parametrize("method", METHODS)
def test_classes_count_where_that_is_asked_for(method):
    found, truth = [SQUARE, [0, 0, 10, 9], SQUARE], [SQUARE]
    classes = [1, 2, 0, 2]
    assert match(found, truth, classes=classes, is_class_aware=True, method=method) == [None, 0, None]
    assert match([SQUARE], [SQUARE], classes=[0, 0], is_class_aware=True, method=method) == [None]


def test_who_has_no_partner_learns_the_best_overlap():
    boxes = np.array([SQUARE, [0, 0, 10, 3], [50, 50, 5, 5]], dtype=float)
    result = match_boxes(boxes, np.zeros(3, dtype=int), np.array([False, True, True]), np.zeros(3, dtype=int))
    assert result == pytest.approx(np.array([[-1, 0.3], [-1, 0.3], [-1, 0]]))


def test_nothing_found_and_nothing_there():
    assert match([], [SQUARE]) == []
    assert match([SQUARE], []) == [None]
    assert match([], []) == []


BOX = st.tuples(*[st.integers(0, 6)] * 2, *[st.integers(0, 8)] * 2)


@settings(max_examples=60)
@given(st.lists(BOX, max_size=5), st.lists(BOX, max_size=4), st.sampled_from([0.2, 0.5]), st.sampled_from(METHODS))
def test_any_boxes_are_matched_by_the_rule(found, truth, threshold, method):
    partners = match(found, truth, iou_threshold=threshold, method=method)
    overlaps = iou_matrix(np.array(found).reshape(-1, 4), np.array(truth).reshape(-1, 4))
    if method == "hungarian":
        gained = sum(overlaps[place, partner] for place, partner in enumerate(partners) if partner is not None)
        assert gained == pytest.approx(best_sum(np.where(overlaps >= threshold, overlaps, 0)))
    else:
        assert partners == greedy(overlaps, threshold)


def best_sum(gains):
    """By trying everything."""
    wide = np.zeros((len(gains), gains.shape[1] + len(gains)))
    wide[:, : gains.shape[1]] = gains
    every = itertools.permutations(range(wide.shape[1]), len(wide))
    return max((sum(wide[row, column] for row, column in enumerate(choice)) for choice in every), default=0)


def greedy(overlaps, threshold):
    partners = [None] * len(overlaps)
    pairs = sorted(((-value, *place) for place, value in np.ndenumerate(overlaps) if value >= threshold))
    for _, one, other in pairs:
        if partners[one] is None and other not in partners:
            partners[one] = other
    return partners


def test_lots_of_any_size_give_the_same(monkeypatch):
    random = np.random.default_rng(0)
    boxes = random.integers(1, 20, size=(200, 4)).astype(float)
    arguments = (boxes, random.integers(0, 6, 200), random.random(200) < 0.5, np.zeros(200, dtype=int))
    whole = match_boxes(*arguments)
    monkeypatch.setattr(module, "MOST_AT_ONCE", 10)
    assert (match_boxes(*arguments) == whole).all()


def test_the_callback_counts_and_cancels():
    told = []
    boxes, images = np.array([SQUARE] * 6, dtype=float), np.arange(6) // 2
    arguments = (boxes, images, np.arange(6) % 2 == 0, np.zeros(6, dtype=int))
    match_boxes(*arguments, callback=lambda phase, done, _: told.append((phase, done)))
    assert {phase for phase, _ in told} == {"Comparing boxes", "Finding partners"}
    assert [done for phase, done in told if phase == "Comparing boxes"] == pytest.approx([0, 1 / 3, 2 / 3])
    with pytest.raises(Cancelled):
        match_boxes(*arguments, callback=lambda *_: False)


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="hungarian, best_first"):
        match([SQUARE], [SQUARE], method="worst_first")


@pytest.mark.parametrize("limit", ["MOST_PAIRS", "LARGEST_TABLE"])
def test_boxes_heaped_upon_each_other_are_refused_before_they_fill_the_memory(monkeypatch, limit):
    assert match([SQUARE] * 3, [SQUARE] * 3) == [0, 1, 2]
    monkeypatch.setattr(module, limit, 8)
    with pytest.raises(ValueError, match="raise the threshold"):
        match([SQUARE] * 3, [SQUARE] * 3)
