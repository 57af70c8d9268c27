"""The space in which distances are measured: every column has spread 1, and there are not too many columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.progress import Callback, report

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

BYTES_A_CHUNK = 32 * 2**20
# Beyond this, vectors are projected on that many random directions, which keeps distances nearly as they are.
LARGEST_DIMENSION = 2048


@dataclass(frozen=True)
class Space:
    """Shift and scale of every column and, for very long vectors, a random projection."""

    mean: Vector
    scale: Vector
    projection: Matrix | None

    @property
    def dimension(self) -> int:
        """How many columns there are."""
        return len(self.mean) if self.projection is None else self.projection.shape[1]

    def place(self, vectors: NDArray[Any]) -> Matrix:
        """Bring vectors into the space."""
        placed: Matrix = (vectors.astype(np.float64) - self.mean) / self.scale
        return placed if self.projection is None else placed @ self.projection


def make_space(vectors: NDArray[Any], callback: Callback | None) -> Space:
    """Make the space of these vectors. Constant columns keep their scale.

    References
    ----------
    D. Achlioptas, "Database-friendly random projections", Journal of Computer and System Sciences 66 (2003).
    """
    n, d = vectors.shape
    mean: Vector = np.zeros(d)
    for rows in chunks(n, d):
        report(callback, "Measuring the columns", rows.start / n / 2)
        mean += vectors[rows].sum(axis=0, dtype=np.float64) / n
    squares: Vector = np.zeros(d)
    for rows in chunks(n, d):
        report(callback, "Measuring the columns", 0.5 + rows.start / n / 2)
        squares += ((vectors[rows] - mean) ** 2).sum(axis=0)
    deviation = np.sqrt(squares / n)
    # What rounding leaves of a column that is constant is no spread.
    is_constant = deviation <= np.finfo(np.float32).eps * np.abs(mean)
    scale = np.where(is_constant | (deviation == 0), 1.0, deviation)
    return Space(mean, scale, _projection(d) if d > LARGEST_DIMENSION else None)


def chunks(n: int, width: int) -> Iterator[slice]:
    """Cut slices of some thousand rows each, so that as many numbers a row fit into bounded memory."""
    step = max(1, BYTES_A_CHUNK // (8 * width))
    return (slice(start, min(start + step, n)) for start in range(0, n, step))


def _projection(d: int) -> Matrix:
    signs = np.random.default_rng(0).integers(0, 2, size=(d, LARGEST_DIMENSION), dtype=np.int8)
    projected: Matrix = (2.0 * signs - 1) / np.sqrt(LARGEST_DIMENSION)
    return projected
