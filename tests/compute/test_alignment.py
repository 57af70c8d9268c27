from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.projections.compute.alignment import align


def layout(n=400, dimensions=2, seed=0):
    return np.random.default_rng(seed).normal(size=(n, dimensions)).astype(np.float32) * 3 + 5


def turned(points, angle=2.0, scale=0.3, shift=(40, -7), *, is_mirrored=False):
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return points @ (np.diag([1, -1 if is_mirrored else 1]) @ turn) * scale + shift


@settings(max_examples=40, deadline=None)
@given(
    angle=st.floats(-10, 10),
    scale=st.floats(0.01, 100),
    shift=st.tuples(st.floats(-100, 100), st.floats(-100, 100)),
    is_mirrored=st.booleans(),
    n=st.integers(3, 60),
)
def test_a_copy_turned_mirrored_scaled_and_shifted_comes_back(angle, scale, shift, is_mirrored, n):
    copy = turned(layout(n), angle, scale, shift, is_mirrored=is_mirrored)
    assert np.allclose(align(copy, layout(n)), layout(n), atol=1e-3)


def test_three_components_come_back_too():
    points = layout(dimensions=3)
    turn, _ = np.linalg.qr(np.random.default_rng(1).normal(size=(3, 3)))
    assert np.allclose(align(points @ turn * 4 - 9, points), points, atol=1e-3)


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_points_that_moved_do_not_turn_the_others_with_them(is_mirrored):
    before = layout()
    now = before.copy()
    # A cluster went to the other side, and others jumped about: a third of the map.
    now[:70] += [12, 4]
    now[70:133] = np.random.default_rng(2).uniform(-9, 19, size=(63, 2))
    aligned = align(turned(now, is_mirrored=is_mirrored), before)
    assert np.allclose(aligned[133:], before[133:], atol=1e-3)
    assert np.allclose(aligned[:70] - before[:70], [12, 4], atol=1e-3)


def test_jitter_does_not_shrink_a_map_version_by_version():
    before = now = layout()
    for seed in range(10):
        now = align(now + np.random.default_rng(seed).normal(size=now.shape), now)
    assert now.std() == pytest.approx(before.std(), rel=0.02)


def test_only_the_shared_rows_say_how_but_all_are_moved():
    before = layout()
    now = turned(np.concatenate([layout(50, seed=9), before]))
    rows = np.arange(50, 450)
    assert np.allclose(align(now, before, rows=rows)[:50], layout(50, seed=9), atol=1e-3)


@pytest.mark.parametrize("n", [0, 1])
def test_too_few_pairs_only_shift(n):
    points = layout()
    aligned = align(points, points[:n] + 2, rows=np.arange(n))
    assert np.allclose(aligned, points + 2 * n, atol=1e-4)


def test_all_points_at_one_place_are_shifted():
    assert np.allclose(align(np.zeros((5, 2)), np.full((5, 2), 3.0)), 3)


def test_pairs_that_do_not_match_are_refused():
    with pytest.raises(ValueError, match="cannot be paired"):
        align(layout(), layout(3))
