"""Places for the connected parts of a graph that hangs together nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.embeddings.compute.vectors import ROWS_A_CHUNK
from apps.projections.compute.graph import Graph

# Parts with fewer vertices are scattered around their places; others get a layout of their own.
FEWEST = 16
# So many parts, the largest, get places by their vectors.
MOST_PLACED = 500


def place_components(
    graph: Graph,
    numbers: NDArray[np.int32],
    vectors: NDArray[Any] | None,
    n_components: int,
    random: np.random.Generator,
    lay_out: Callable[[Graph], NDArray[np.float64]],
) -> NDArray[np.float64]:
    """Place the parts of a graph apart, each around its own centre.

    Parameters
    ----------
    graph : Graph
        Of n vertices.
    numbers : ndarray of shape (n,) and dtype int32
        Which part each vertex belongs to.
    vectors : ndarray of shape (n, d) or None
        The parts' centres lie to each other as the means of their vectors do.
    n_components : int
        Columns of the result.
    random : numpy.random.Generator
        Scatters tiny parts and, without vectors, all centres.
    lay_out : callable
        Gives positions for one part, given as a graph.

    Returns
    -------
    ndarray of shape (n, n_components) and dtype float64
    """
    sizes = np.bincount(numbers)
    centers = _centers(numbers, sizes, vectors, n_components, random)
    radii = _radii(centers)
    positions = centers[numbers] + random.uniform(-1, 1, size=(len(numbers), n_components)) * radii[numbers, None]
    members = np.argsort(numbers, kind="stable")
    ends = np.cumsum(sizes)
    for part in np.flatnonzero(sizes >= FEWEST):
        rows = members[ends[part] - sizes[part] : ends[part]]
        shape = lay_out(_part(graph, rows))
        shape -= shape.mean(axis=0)
        largest = np.abs(shape).max()
        if largest > 0:
            positions[rows] = centers[part] + shape * (radii[part] / largest)
    return positions


def _centers(
    numbers: NDArray[np.int32],
    sizes: NDArray[np.int64],
    vectors: NDArray[Any] | None,
    n_components: int,
    random: np.random.Generator,
) -> NDArray[np.float64]:
    """Project the parts' means on the directions in which they differ most; chance spreads what cannot be told."""
    count = len(sizes)
    centers = random.uniform(-1, 1, size=(count, n_components))
    if vectors is None or count == 1:
        return centers
    placed = np.argsort(-sizes, kind="stable")[:MOST_PLACED]
    means = np.zeros((len(placed), vectors.shape[1]))
    slots = np.full(count, -1)
    slots[placed] = np.arange(len(placed))
    for start in range(0, len(numbers), ROWS_A_CHUNK):
        chunk = np.asarray(vectors[start : start + ROWS_A_CHUNK], dtype=np.float64)
        of = slots[numbers[start : start + len(chunk)]]
        for slot in np.unique(of[of >= 0]):
            means[slot] += chunk[of == slot].sum(axis=0)
    means /= sizes[placed, None]
    left, values, _ = np.linalg.svd(means - means.mean(axis=0), full_matrices=False)
    projected = (left * values)[:, :n_components]
    largest = np.abs(projected).max()
    if largest > 0:
        centers[placed, : projected.shape[1]] = projected / largest
        # A direction in which they do not differ is left to chance, but for a little.
        centers[placed] += random.uniform(-0.05, 0.05, size=(len(placed), n_components))
    return centers


def _radii(centers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give each part half the way to its nearest neighbour, but room in any case."""
    if len(centers) == 1:
        return np.ones(1)
    # Imported when first used: most graphs hang together, and it takes longer than their start.
    tree = import_module("scipy.spatial").KDTree(centers)
    nearest: NDArray[np.float64] = tree.query(centers, k=2)[0][:, 1]
    return np.maximum(nearest / 2, 0.5 / len(centers))


def _part(graph: Graph, rows: NDArray[np.int64]) -> Graph:
    """Cut out a connected part: all neighbours of its vertices belong to it."""
    local = np.zeros(len(graph.indptr) - 1, dtype=np.int32)
    local[rows] = np.arange(len(rows), dtype=np.int32)
    lengths = graph.indptr[rows + 1] - graph.indptr[rows]
    indptr = np.concatenate([[0], np.cumsum(lengths)])
    edges = np.repeat(graph.indptr[rows] - indptr[:-1], lengths) + np.arange(indptr[-1])
    return Graph(indptr, local[graph.indices[edges]], graph.weights[edges])
