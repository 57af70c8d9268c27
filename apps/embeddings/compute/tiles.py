"""Products of all rows of one list with all rows of another, sixteen pairs at a time in registers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

# The sides of a block of pairs are multiples of this.
TILE = 4


@njit(nogil=True, cache=True, fastmath=True)
def compare(
    a: NDArray[np.float32],
    weights_a: NDArray[np.float32],
    rows_a: NDArray[np.int32],
    n_a: int,
    b: NDArray[np.float32],
    weights_b: NDArray[np.float32],
    rows_b: NDArray[np.int32],
    n_b: int,
    manhattan: bool,
    upper: bool,
    out: NDArray[np.float32],
) -> None:
    """Compare rows of `a` with rows of `b` as :class:`Space` says.

    `out` has room for both numbers of rows rounded up to multiples of 4. Where `upper`, only tiles with pairs above
    the diagonal are computed. A pair gives the same float in whichever order and tile it is computed.
    """
    if manhattan:
        _differences(a, rows_a, n_a, b, rows_b, n_b, upper, out)
        return
    _products(a, rows_a, n_a, b, rows_b, n_b, upper, out)
    for i in range(n_a):
        weight = weights_a[rows_a[i]]
        for j in range(i if upper else 0, n_b):
            out[i, j] = (weight + weights_b[rows_b[j]]) - np.float32(2) * out[i, j]


@njit(nogil=True, cache=True, fastmath=True)
def _products(
    a: NDArray[np.float32],
    rows_a: NDArray[np.int32],
    n_a: int,
    b: NDArray[np.float32],
    rows_b: NDArray[np.int32],
    n_b: int,
    upper: bool,
    out: NDArray[np.float32],
) -> None:
    zero = np.float32(0)
    for i in range(0, n_a, TILE):
        a0 = a[rows_a[i]]
        a1 = a[rows_a[min(i + 1, n_a - 1)]]
        a2 = a[rows_a[min(i + 2, n_a - 1)]]
        a3 = a[rows_a[min(i + 3, n_a - 1)]]
        for j in range(i if upper else 0, n_b, TILE):
            b0 = b[rows_b[j]]
            b1 = b[rows_b[min(j + 1, n_b - 1)]]
            b2 = b[rows_b[min(j + 2, n_b - 1)]]
            b3 = b[rows_b[min(j + 3, n_b - 1)]]
            s00 = s01 = s02 = s03 = s10 = s11 = s12 = s13 = zero
            s20 = s21 = s22 = s23 = s30 = s31 = s32 = s33 = zero
            for p in range(a.shape[1]):
                x0, x1, x2, x3 = a0[p], a1[p], a2[p], a3[p]
                y0, y1, y2, y3 = b0[p], b1[p], b2[p], b3[p]
                s00 += x0 * y0
                s01 += x0 * y1
                s02 += x0 * y2
                s03 += x0 * y3
                s10 += x1 * y0
                s11 += x1 * y1
                s12 += x1 * y2
                s13 += x1 * y3
                s20 += x2 * y0
                s21 += x2 * y1
                s22 += x2 * y2
                s23 += x2 * y3
                s30 += x3 * y0
                s31 += x3 * y1
                s32 += x3 * y2
                s33 += x3 * y3
            out[i, j], out[i, j + 1], out[i, j + 2], out[i, j + 3] = s00, s01, s02, s03
            out[i + 1, j], out[i + 1, j + 1], out[i + 1, j + 2], out[i + 1, j + 3] = s10, s11, s12, s13
            out[i + 2, j], out[i + 2, j + 1], out[i + 2, j + 2], out[i + 2, j + 3] = s20, s21, s22, s23
            out[i + 3, j], out[i + 3, j + 1], out[i + 3, j + 2], out[i + 3, j + 3] = s30, s31, s32, s33


@njit(nogil=True, cache=True, fastmath=True)
def _differences(
    a: NDArray[np.float32],
    rows_a: NDArray[np.int32],
    n_a: int,
    b: NDArray[np.float32],
    rows_b: NDArray[np.int32],
    n_b: int,
    upper: bool,
    out: NDArray[np.float32],
) -> None:
    """Sum absolute differences, four pairs at a time: bound by arithmetic, larger tiles bring nothing."""
    zero = np.float32(0)
    for i in range(n_a):
        a0 = a[rows_a[i]]
        for j in range(i - i % TILE if upper else 0, n_b, TILE):
            b0 = b[rows_b[j]]
            b1 = b[rows_b[min(j + 1, n_b - 1)]]
            b2 = b[rows_b[min(j + 2, n_b - 1)]]
            b3 = b[rows_b[min(j + 3, n_b - 1)]]
            s0 = s1 = s2 = s3 = zero
            for p in range(a.shape[1]):
                s0 += abs(a0[p] - b0[p])
                s1 += abs(a0[p] - b1[p])
                s2 += abs(a0[p] - b2[p])
                s3 += abs(a0[p] - b3[p])
            out[i, j], out[i, j + 1], out[i, j + 2], out[i, j + 3] = s0, s1, s2, s3


@njit(nogil=True, cache=True)
def push(
    indices: NDArray[np.int32],
    distances: NDArray[np.float32],
    fresh: NDArray[np.uint8],
    row: int,
    other: int,
    distance: np.floating[Any],
    flag: int,
) -> int:
    """Insert into a row's ascending list, unless it is there or too far; equal distances keep their order.

    Returns
    -------
    int
        1 where it was inserted, else 0.
    """
    k = indices.shape[1]
    if not distance < distances[row, k - 1]:
        return 0
    for place in range(k):
        if indices[row, place] == other:
            return 0
    place = k - 1
    while place > 0 and distances[row, place - 1] > distance:
        indices[row, place] = indices[row, place - 1]
        distances[row, place] = distances[row, place - 1]
        fresh[row, place] = fresh[row, place - 1]
        place -= 1
    indices[row, place] = other
    distances[row, place] = distance
    fresh[row, place] = flag
    return 1


@njit(nogil=True, cache=True, fastmath=True)
def distance_between(x: NDArray[np.float32], y: NDArray[np.float32], weights: float, kind: int) -> np.float32:
    """Compare two rows without the cancellation of products.

    `kind`: 0 squared Euclidean, 1 Manhattan, 2 by products (`weights` is the sum of both), 3 squared Euclidean
    between directions, where a zero vector is at 2 from everything.
    """
    squares = products = differences = length_x = length_y = np.float32(0)
    for p in range(len(x)):
        gap = x[p] - y[p]
        squares += gap * gap
        differences += abs(gap)
        products += x[p] * y[p]
        length_x += x[p] * x[p]
        length_y += y[p] * y[p]
    if kind == 1:
        return differences
    if kind == 2:
        return np.float32(weights) - np.float32(2) * products
    if kind == 3 and (length_x == 0 or length_y == 0):
        return np.float32(2)
    return squares


def kind_of(metric: str) -> int:
    """Name the formula of `distance_between` for a metric."""
    return {"euclidean": 0, "manhattan": 1, "dot": 2, "cosine": 3, "correlation": 3}[metric]
