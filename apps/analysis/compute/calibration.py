"""From distances to a share that people can read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from apps.analysis.compute.groups import Codes, Groups

Vector = NDArray[np.float64]

# A class with fewer members is read by the distances of all classes together.
FEWEST = 20


def calibrate(known: Vector, known_classes: Codes, distances: Vector, classes: Codes) -> Vector:
    """Say how many per cent of a class's own members lie farther out.

    Parameters
    ----------
    known : ndarray of shape (n,)
        Distances, 0 … 1, of the members of the classes; at least one.
    known_classes : ndarray of shape (n,)
        Their classes.
    distances, classes : ndarray of shape (m,)
        What to calibrate. Classes with fewer than 20 known distances are calibrated by all known ones.

    Returns
    -------
    ndarray of shape (m,)
        100 at distance 0, falling strictly with the distance to 0 at distance 1. At the k-th smallest of a class's n
        distances it is 100 · (1 - k / (n + 1)), and linear between.
    """
    quality: Vector = np.empty(len(distances))
    everybody = _shares(known)
    by_class, known_by_class = Groups(classes), Groups(known_classes)
    for code in np.unique(classes):
        members, own = by_class.rows_of(code), known_by_class.rows_of(code)
        at, shares = _shares(known[own]) if len(own) >= FEWEST else everybody
        quality[members] = np.interp(distances[members], at, shares)
    return quality


def _shares(known: Vector) -> tuple[Vector, Vector]:
    """Give the distances at which the share is known, ascending, and the shares there."""
    at, counts = np.unique(known[(known > 0) & (known < 1)], return_counts=True)
    nearer = np.count_nonzero(known <= 0) + np.cumsum(counts)
    shares = 100 * (1 - nearer / (len(known) + 1))
    return np.concatenate([[0.0], at, [1.0]]), np.concatenate([[100.0], shares, [0.0]])
