"""The slowest vectors of a walk on a graph, found on smaller and smaller graphs and carried back."""

from __future__ import annotations

from functools import partial

import numpy as np
from numba import njit
from numpy.typing import NDArray

from apps.common.compute.progress import Callback
from apps.common.compute.threads import Workers, block_bounds
from apps.projections.compute.coarse import coarsen
from apps.projections.compute.graph import Graph

ROWS_A_BLOCK = 32_768
# Small enough for eigenvectors of the whole matrix, which must not depend on how many threads a library uses.
COARSEST = 64
# So many vectors are followed, some beside the wanted ones, so that these part from the others quickly.
WIDTH = 6
DEGREE = 12
MOST_FILTERS = 6
# On graphs with more vertices than this, where a filter takes seconds: what the coarser ones found is nearly right.
LARGE, MOST_FILTERS_ON_LARGE = 100_000, 2
# The search ends where the wanted eigenvalues (of the Laplacian) change by less than this part of themselves.
TOLERANCE = 0.01


def slowest_vectors(
    graph: Graph, count: int, *, phase: str, n_threads: int | None = None, callback: Callback | None = None
) -> NDArray[np.float64]:
    """Find the leading eigenvectors, but the constant one, of a connected graph's normalised adjacency matrix.

    A few vectors are found on a coarse graph, carried over to the next finer one, and cleaned there by Chebyshev
    polynomials of the matrix and by Rayleigh and Ritz's method, until they change no more.

    Parameters
    ----------
    graph : Graph
        Connected, of n vertices.
    count : int
        How many, at most 5 and fewer than n.
    phase : str
        What the callback is told.
    n_threads : int or None, default=None
        None uses all processors. The result does not depend on it.
    callback : callable or None, default=None
        Called as ``callback(phase, fraction, positions)``; returning False cancels.

    Returns
    -------
    ndarray of shape (n, count) and dtype float64
        Of length 1, by descending eigenvalue. Beside the graph, about 0.3 of its size and 80 bytes for each vertex
        are in use.

    References
    ----------
    Y. Zhou, Y. Saad, M. Tiago, J. Chelikowsky, "Self-consistent-field calculations using Chebyshev-filtered subspace
    iteration", Journal of Computational Physics 219 (2006).
    """
    with Workers(n_threads, callback) as workers:
        levels, steps = [graph], []
        while len(levels[-1].indptr) - 1 > COARSEST:
            coarse, groups = coarsen(levels[-1])
            if len(coarse.indptr) > 0.9 * len(levels[-1].indptr):
                break
            levels.append(coarse)
            steps.append(groups)
            workers.report(phase, None)
        vectors = _of_whole_matrix(levels[-1])
        for graph, groups in zip(levels[-2::-1], steps[::-1], strict=True):
            vectors = _cleaned(_Walk(graph, workers, phase), vectors[groups], count)
        result = vectors[:, :count].astype(np.float64) * np.sqrt(_degrees(levels[0]))[:, None]
    normed: NDArray[np.float64] = result / np.linalg.norm(result, axis=0)
    return normed


class _Walk:
    """One step of a walk from each vertex to its neighbours, applied to a few numbers for each vertex."""

    def __init__(self, graph: Graph, workers: Workers, phase: str) -> None:
        self.degrees = _degrees(graph)
        self._graph = graph
        self._workers = workers
        self._phase = phase
        self._blocks = block_bounds(len(self.degrees), ROWS_A_BLOCK)

    def step(
        self, vectors: NDArray[np.float32], factor: float, shift: float, minus: NDArray[np.float32], part: float
    ) -> NDArray[np.float32]:
        """Give ``factor * walk(vectors) + shift * vectors - part * minus``."""
        result = np.empty_like(vectors)
        work = partial(
            _walk,
            *self._graph,
            self.degrees,
            vectors,
            np.float32(factor),
            np.float32(shift),
            minus,
            np.float32(part),
            result,
        )
        self._workers.run(work, self._blocks, self._phase)
        return result

    def products(self, left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.float64]:
        """Give the inner products, weighted by the degrees: summed in the same order on any number of threads."""
        parts = self._workers.run(partial(_products, left, right, self.degrees), self._blocks, self._phase)
        total: NDArray[np.float64] = np.sum(parts, axis=0)
        return total


def _cleaned(walk: _Walk, vectors: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    vectors, values = _ritz(walk, walk.step(vectors, 0.5, 0.5, vectors, 0.0))
    for _ in range(MOST_FILTERS if len(vectors) < LARGE else MOST_FILTERS_ON_LARGE):
        before = values
        vectors, values = _ritz(walk, _filtered(walk, vectors, values[-1]))
        change = np.abs(values - before)[:count]
        if (change <= TOLERANCE * np.maximum(1 - values[:count], 1e-6)).all():
            break
    return vectors


def _filtered(walk: _Walk, vectors: NDArray[np.float32], highest: float) -> NDArray[np.float32]:
    """Damp what belongs to eigenvalues from -1 to `highest` by a Chebyshev polynomial, which grows beyond them."""
    half, middle = (highest + 1) / 2, (highest - 1) / 2
    # Scaled at each step, so that it is about 1 at eigenvalue 1.
    sigma = half / (1 - middle)
    scale = sigma
    last, now = vectors, walk.step(vectors, scale / half, -scale * middle / half, vectors, 0.0)
    for _ in range(DEGREE - 1):
        following = 1 / (2 / sigma - scale)
        last, now = now, walk.step(now, 2 * following / half, -2 * following * middle / half, last, scale * following)
        scale = following
    return now


def _ritz(walk: _Walk, vectors: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Turn the vectors into the best eigenvectors among their combinations, without the constant one."""
    ones = np.ones((len(vectors), 1), dtype=np.float32)
    vectors = vectors - (walk.products(ones, vectors) / walk.degrees.sum()).astype(np.float32)
    lengths, turns = np.linalg.eigh(walk.products(vectors, vectors))
    # Directions that are not there stay 0, and so do their eigenvalues.
    lengths = np.where(lengths > lengths[-1] * 1e-9, lengths, np.inf)
    turned = _combined(vectors, turns / np.sqrt(lengths))
    moved = walk.step(turned, 1.0, 0.0, turned, 0.0)
    product = walk.products(turned, moved)
    values, turns = np.linalg.eigh((product + product.T) / 2)
    return _combined(turned, turns[:, ::-1]), values[::-1]


def _combined(vectors: NDArray[np.float32], turns: NDArray[np.float64]) -> NDArray[np.float32]:
    return _combine(vectors, np.ascontiguousarray(turns, dtype=np.float32))  # type: ignore[no-any-return]


def _degrees(graph: Graph) -> NDArray[np.float64]:
    return _row_sums(graph.indptr, graph.weights)  # type: ignore[no-any-return]


def _of_whole_matrix(graph: Graph) -> NDArray[np.float32]:
    n = len(graph.indptr) - 1
    matrix = np.zeros((n, n))
    rows = np.repeat(np.arange(n), np.diff(graph.indptr))
    roots = np.sqrt(_degrees(graph))
    matrix[rows, graph.indices] = graph.weights / (roots[rows] * roots[graph.indices])
    vectors = np.zeros((n, WIDTH), dtype=np.float32)
    found = np.linalg.eigh(matrix)[1][:, ::-1][:, 1 : WIDTH + 1] / roots[:, None]
    vectors[:, : found.shape[1]] = found
    return vectors


@njit(nogil=True, cache=True)
def _row_sums(indptr, weights):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    sums = np.zeros(len(indptr) - 1)
    for i in range(len(sums)):
        for e in range(indptr[i], indptr[i + 1]):
            sums[i] += weights[e]
    return sums


@njit(nogil=True, cache=True, fastmath=True)
def _walk(indptr, indices, weights, degrees, vectors, factor, shift, minus, part, result, first, last):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    """Written out for six columns, so that their sums stay in registers."""
    for i in range(first, last):
        s0 = s1 = s2 = s3 = s4 = s5 = np.float32(0.0)
        for e in range(indptr[i], indptr[i + 1]):
            j, weight = np.uint32(indices[e]), weights[e]
            s0 += weight * vectors[j, 0]
            s1 += weight * vectors[j, 1]
            s2 += weight * vectors[j, 2]
            s3 += weight * vectors[j, 3]
            s4 += weight * vectors[j, 4]
            s5 += weight * vectors[j, 5]
        scale = factor / np.float32(degrees[i])
        result[i, 0] = scale * s0 + shift * vectors[i, 0] - part * minus[i, 0]
        result[i, 1] = scale * s1 + shift * vectors[i, 1] - part * minus[i, 1]
        result[i, 2] = scale * s2 + shift * vectors[i, 2] - part * minus[i, 2]
        result[i, 3] = scale * s3 + shift * vectors[i, 3] - part * minus[i, 3]
        result[i, 4] = scale * s4 + shift * vectors[i, 4] - part * minus[i, 4]
        result[i, 5] = scale * s5 + shift * vectors[i, 5] - part * minus[i, 5]


@njit(nogil=True, cache=True)
def _products(left, right, degrees, first, last):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    sums = np.zeros((left.shape[1], right.shape[1]))
    for i in range(first, last):
        for a in range(left.shape[1]):
            weighted = degrees[i] * left[i, a]
            for b in range(right.shape[1]):
                sums[a, b] += weighted * right[i, b]
    return sums


@njit(nogil=True, cache=True)
def _combine(vectors, turns):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    result = np.zeros((len(vectors), turns.shape[1]), dtype=np.float32)
    for i in range(len(vectors)):
        for a in range(turns.shape[0]):
            for b in range(turns.shape[1]):
                result[i, b] += vectors[i, a] * turns[a, b]
    return result
