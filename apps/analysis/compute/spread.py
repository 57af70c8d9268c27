"""How a group of vectors lies in space: its mean and covariance, shrunk so that any group has a usable one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cholesky, solve_triangular

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

# Of the mean variance; keeps matrices invertible where a group has no spread at all in some direction.
LEAST_VARIANCE = 1e-9


@dataclass(frozen=True)
class Spread:
    """A group's mean, and the Cholesky factor of its covariance: a sum of squares divided by `freedom`."""

    code: int
    count: int
    freedom: float
    mean: Vector
    factor: Matrix

    def squared_distances(self, vectors: Matrix, is_member: NDArray[np.bool_]) -> Vector:
        """Measure squared Mahalanobis distances; of members to the group without them.

        Leaving a member out moves the mean away from it and takes its square out of the covariance, which the
        Sherman-Morrison formula gives without another factorisation. The only member of a group has no distance (inf).
        """
        apart = whitened(self.factor, vectors - self.mean)
        squares: Vector = np.einsum("ij,ij->i", apart, apart)
        if is_member.any():
            squares[is_member] = self._without_itself(squares[is_member])
        return squares

    def _without_itself(self, squares: Vector) -> Vector:
        if self.count == 1:
            return np.full(len(squares), np.inf)
        moved = self.count / (self.count - 1)
        share = squares / self.freedom
        # Rounding apart, what is left is at least the imaginary members' part.
        left = np.maximum(1 - moved * share, LEAST_VARIANCE)
        without: Vector = moved**2 * (self.freedom - 1) * share / left
        return without


def ledoit_wolf(scatter: Matrix, fourth_powers: float, count: int) -> Matrix:
    """Shrink a covariance towards a multiple of the identity, by as much as its sampling error demands.

    Parameters
    ----------
    scatter : ndarray of shape (d, d)
        Sum of the outer products of the centred vectors.
    fourth_powers : float
        Sum of the fourth powers of their lengths.
    count : int
        How many vectors.

    Returns
    -------
    ndarray of shape (d, d)
        Positive definite.

    References
    ----------
    O. Ledoit, M. Wolf, "A well-conditioned estimator for large-dimensional covariance matrices", Journal of
    Multivariate Analysis 88 (2004).
    """
    d = len(scatter)
    sample = scatter / count
    mean_variance = float(np.trace(sample)) / d
    size = float((sample**2).sum())
    apart = size / d - mean_variance**2
    error = max(fourth_powers / count - size, 0.0) / (d * count)
    shrinkage = min(error / apart, 1.0) if apart > 0 else 1.0
    covariance = (1 - shrinkage) * sample
    least = LEAST_VARIANCE * mean_variance if mean_variance > 0 else 1.0
    covariance[np.diag_indices(d)] += shrinkage * mean_variance + least
    return covariance


def factor_of(covariance: Matrix) -> Matrix:
    """Give the lower Cholesky factor."""
    found: Matrix = cholesky(covariance, lower=True, check_finite=False)
    return found


def whitened(factor: Matrix, vectors: Matrix) -> Matrix:
    """Bring vectors into a space where the covariance with this factor is the identity."""
    result: Matrix = solve_triangular(factor, vectors.T, lower=True, check_finite=False).T
    return result
