"""A start for the layout: the slowest vibrations of the fuzzy graph."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.linalg import LinearOperator, eigsh

from apps.common.compute.progress import Callback, report
from apps.projections.compute.components import place_components
from apps.projections.compute.graph import Graph, components

PHASE = "Spectral start"
WIDTH = 10.0
NOISE = 1e-4
# Parts of the graph with fewer vertices have no shape worth finding.
FEWEST = 8


def spectral_start(
    graph: Graph,
    *,
    vectors: NDArray[Any] | None = None,
    n_components: int = 2,
    random_state: int = 0,
    callback: Callback | None = None,
) -> NDArray[np.float32]:
    """Place the vertices by the leading eigenvectors of the normalised graph, as umap-learn does.

    The connected parts of a graph are placed one by one, around places of their own.

    Parameters
    ----------
    graph : Graph
        Of n vertices.
    vectors : ndarray of shape (n, d) or None, default=None
        Say how the parts of an unconnected graph lie to each other; without them chance does.
    n_components : int, default=2
        Columns of the result.
    random_state : int, default=0
        Seed of the start vector, of a little noise and of the places of tiny parts.
    callback : callable or None, default=None
        Called as ``callback(phase, fraction, positions)``; returning False cancels.

    Returns
    -------
    ndarray of shape (n, n_components) and dtype float32
        Each column goes from 0 to 10.

    References
    ----------
    M. Belkin, P. Niyogi, "Laplacian Eigenmaps for Dimensionality Reduction and Data Representation", Neural Computation
    15 (2003).
    """
    report(callback, PHASE)
    random = np.random.default_rng(random_state)
    numbers = components(graph)
    if numbers.max() == 0 and len(numbers) >= FEWEST:
        positions = _eigenvectors(graph, n_components, random, callback)
    else:
        positions = place_components(
            graph,
            numbers,
            vectors,
            n_components,
            random,
            lambda part: _eigenvectors(part, n_components, random, callback),
        )
    largest = np.abs(positions).max()
    positions = positions * (WIDTH / largest if largest > 0 else 1.0)
    positions += random.normal(scale=NOISE, size=positions.shape)
    low, high = positions.min(axis=0), positions.max(axis=0)
    scaled: NDArray[np.float32] = (WIDTH * (positions - low) / (high - low)).astype(np.float32)
    return scaled


def _eigenvectors(
    graph: Graph, count: int, random: np.random.Generator, callback: Callback | None
) -> NDArray[np.float64]:
    n = len(graph.indptr) - 1
    matrix = csr_array((graph.weights, graph.indices, graph.indptr), shape=(n, n))
    roots = np.sqrt(np.asarray(matrix.sum(axis=1), dtype=np.float64))

    def times(vector: NDArray[np.float64]) -> NDArray[np.float64]:
        report(callback, PHASE)
        product: NDArray[np.float64] = matrix @ (vector.ravel() / roots) / roots + vector.ravel()
        return product

    operator = LinearOperator((n, n), matvec=times, dtype=np.float64)
    values, vectors = eigsh(operator, k=count + 1, which="LA", tol=1e-3, v0=random.uniform(0.5, 1.5, n) * roots)
    order = np.argsort(values)[::-1][1:]
    found: NDArray[np.float64] = vectors[:, order]
    return found
