"""Which points lie inside free-hand polygons, decided exactly as the browser does (even-odd rule, closed by itself)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

# A polygon drawn by hand around a million points takes some millions; this many take about two seconds.
MOST_TESTS = 200_000_000


class TooIntricate(ValueError):
    """The polygon crosses so many points so often that it would take minutes."""


class Points:
    """Points in the order of their y, so that an edge is tested only against those beside it."""

    def __init__(self, x: NDArray[np.float32], y: NDArray[np.float32]) -> None:
        self._order = np.argsort(y, kind="stable")
        self._x = x[self._order].astype(np.float64)
        self._y = y[self._order].astype(np.float64)

    def effort(self, polygon: Sequence[tuple[float, float]]) -> int:
        """How many tests `inside` would take."""
        corners = np.asarray(polygon, dtype=np.float64).reshape(-1, 2)
        first, last = self._beside(corners[:, 1], np.roll(corners[:, 1], 1))
        return int((last - first).sum())

    def inside(self, polygon: Sequence[tuple[float, float]]) -> NDArray[np.bool_]:
        """One boolean a point, in the order in which they were given. Raises TooIntricate."""
        corners = np.asarray(polygon, dtype=np.float64).reshape(-1, 2)
        before = np.roll(corners, 1, axis=0)
        first, last = self._beside(corners[:, 1], before[:, 1])
        if int((last - first).sum()) > MOST_TESTS:
            raise TooIntricate
        found = np.zeros(len(self._y), dtype=np.bool_)
        # Coordinates beyond all measure overflow, here as there.
        with np.errstate(all="ignore"):
            for edge in np.flatnonzero(last > first):
                part = slice(first[edge], last[edge])
                found[part] ^= self._x[part] < _crossing(corners[edge], before[edge], self._y[part])
        inside = np.empty_like(found)
        inside[self._order] = found
        return inside

    def _beside(self, ends: NDArray[Any], starts: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """For each edge, the points whose y is at least its lower end and below its upper one."""
        low, high = np.minimum(starts, ends), np.maximum(starts, ends)
        return np.searchsorted(self._y, low, side="left"), np.searchsorted(self._y, high, side="left")


def _crossing(corner: NDArray[np.float64], before: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where the edge is at these heights; term by term what polygon.ts computes, so that rounding agrees."""
    (xi, yi), (xj, yj) = corner, before
    crossing: NDArray[np.float64] = ((xj - xi) * (y - yi)) / (yj - yi) + xi
    return crossing
