"""Lays one version of a map over another, so that what differs is what moved."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# So many shared points settle how two layouts lie over each other; more would only cost.
MOST_FITTED = 50_000
MOST_ROUNDS = 200
# A point this near, as a share of the spread, weighs no more than one that lies closer.
NEAREST = 1e-9
# The rounds end when the sum of distances changes by less than this share of it.
SETTLED = 1e-7


class Similarity(NamedTuple):
    """Rotation, reflection, one scale and a translation: ``points @ matrix + offset``."""

    matrix: Floats
    offset: Floats

    def apply(self, points: NDArray[Any]) -> NDArray[np.float32]:
        """Move points as a whole."""
        return np.asarray(points @ self.matrix + self.offset, dtype=np.float32)


def align(
    moving: NDArray[Any], fixed: NDArray[Any], *, rows: NDArray[Any] | None = None, random_state: int = 0
) -> NDArray[np.float32]:
    """Turn, mirror, scale and shift a layout as a whole, so that it lies over another one of the same datapoints.

    The sum of distances between pairs (not of their squares) is made small, by reweighting, so that points which really
    moved do not turn the others with them: where more than half of the pairs fit exactly, these decide alone. The scale
    brings both to one spread; a least-squares scale would shrink a map a little with every version.

    Parameters
    ----------
    moving : ndarray of shape (n, d)
        Positions to be aligned, finite.
    fixed : ndarray of shape (m, d)
        Positions that stay, finite: of the same datapoints as ``moving[rows]``.
    rows : ndarray of shape (m,) and an integer dtype, or None
        Which rows of `moving` the fixed ones pair with; None: all, in order.
    random_state : int, default=0
        Seed of the sample of pairs that is looked at where there are more than 50,000.

    Returns
    -------
    ndarray of shape (n, d) and dtype float32
        All of `moving` in the place, direction and scale of `fixed`. Unchanged where there is no pair; with one pair
        only shifted.

    Raises
    ------
    ValueError
        Where pairs do not match in number or dimension.

    References
    ----------
    P. H. Schönemann, "A generalized solution of the orthogonal Procrustes problem", Psychometrika 31, 1966;
    P. J. Rousseeuw, A. M. Leroy, "Robust regression and outlier detection", 1987, for the reweighting.
    """
    paired = moving if rows is None else moving[rows]
    if paired.shape != fixed.shape:
        raise ValueError(f"{paired.shape} positions cannot be paired with {fixed.shape}.")
    if len(fixed) == 0:
        return np.array(moving, dtype=np.float32)
    if len(fixed) > MOST_FITTED:
        sample = np.random.default_rng(random_state).choice(len(fixed), MOST_FITTED, replace=False)
        paired, fixed = paired[sample], fixed[sample]
    found = _robust_fit(np.asarray(paired, dtype=np.float64), np.asarray(fixed, dtype=np.float64))
    return found.apply(moving)


def _robust_fit(moving: Floats, fixed: Floats) -> Similarity:
    """Fit once turned and once mirrored, and take the better."""
    spread = _rms(fixed - fixed.mean(axis=0)) or 1.0
    fits = [_reweighted(moving, fixed, spread, sign) for sign in (1.0, -1.0)]
    return min(fits, key=lambda fit: _distances(fit, moving, fixed).sum())


def _reweighted(moving: Floats, fixed: Floats, spread: float, sign: float) -> Similarity:
    weights = np.ones(len(fixed))
    fit = _weighted_fit(moving, fixed, weights, sign)
    before = np.inf
    for _ in range(MOST_ROUNDS):
        distances = _distances(fit, moving, fixed)
        total = float(distances.sum())
        # The sum may rise for a while: the scale is that of the spreads, not the one that makes the sum least.
        if abs(before - total) <= SETTLED * total:
            break
        before = total
        weights = 1 / np.maximum(distances, NEAREST * spread)
        fit = _weighted_fit(moving, fixed, weights, sign)
    return fit


def _weighted_fit(moving: Floats, fixed: Floats, weights: Floats, sign: float) -> Similarity:
    """Orthogonal Procrustes with a determinant of this sign, and the scale that gives both one weighted spread."""
    share = (weights / weights.sum())[:, None]
    centre_moving, centre_fixed = (share * moving).sum(axis=0), (share * fixed).sum(axis=0)
    from_moving, from_fixed = moving - centre_moving, fixed - centre_fixed
    left, _, right = np.linalg.svd((share * from_moving).T @ from_fixed)
    signs = np.ones(len(left))
    signs[-1] = sign * np.sign(np.linalg.det(left) * np.linalg.det(right))
    spread_moving = np.sqrt((share * from_moving**2).sum())
    spread_fixed = np.sqrt((share * from_fixed**2).sum())
    scale = spread_fixed / spread_moving if spread_moving > 0 and spread_fixed > 0 else 1.0
    matrix = scale * (left * signs) @ right
    return Similarity(matrix, centre_fixed - centre_moving @ matrix)


def _distances(fit: Similarity, moving: Floats, fixed: Floats) -> Floats:
    return np.asarray(np.linalg.norm(moving @ fit.matrix + fit.offset - fixed, axis=1))


def _rms(offsets: Floats) -> float:
    return float(np.sqrt((offsets**2).sum(axis=1).mean()))
