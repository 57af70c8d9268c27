from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.curation.compute.polygon import Points, TooIntricate

# Few different places, so that points often lie on corners and edges, and lines often touch themselves.
coarse = st.integers(-3, 3).map(float)
fine = st.floats(-4, 4, width=32)
place = st.tuples(coarse | fine, coarse | fine)


def is_inside(polygon, x, y):
    """The browser's rule, point by point (isInsidePolygon in frontend/src/scatter/polygon.ts)."""
    inside = False
    for (xi, yi), (xj, yj) in zip(polygon, [polygon[-1], *polygon[:-1]], strict=True):
        if (yi > y) != (yj > y) and x < ((xj - xi) * (y - yi)) / (yj - yi) + xi:
            inside = not inside
    return inside


@given(st.lists(place, min_size=3, max_size=12), st.lists(place, max_size=30))
def test_points_are_inside_where_the_browser_says_so(polygon, points):
    x, y = np.array(points, dtype=np.float32).reshape(-1, 2).T
    found = Points(x, y).inside(polygon)
    assert found.tolist() == [is_inside(polygon, float(a), float(b)) for a, b in zip(x, y, strict=True)]


def test_what_is_encircled_twice_is_outside():
    ring = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    points = Points(np.zeros(1, dtype=np.float32), np.zeros(1, dtype=np.float32))
    assert points.inside(ring).tolist() == [True]
    assert points.inside([*ring, *ring]).tolist() == [False]


def test_coordinates_beyond_all_measure_find_nothing_and_break_nothing():
    points = Points(np.zeros(3, dtype=np.float32), np.arange(3, dtype=np.float32))
    assert len(points.inside([(-1e308, -1e308), (1e308, 1e308), (1e308, -1e308)])) == 3


def test_an_area_that_would_take_minutes_is_refused(monkeypatch):
    monkeypatch.setattr("apps.curation.compute.polygon.MOST_TESTS", 100)
    points = Points(np.zeros(50, dtype=np.float32), np.linspace(0, 1, 50, dtype=np.float32))
    with pytest.raises(TooIntricate):
        points.inside([(x % 2, x % 2 * 2 - 0.5) for x in range(20)])
