"""A start for the layout: the slowest vibrations of the fuzzy graph."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.progress import Callback, report
from apps.projections.compute.components import place_components
from apps.projections.compute.eigen import slowest_vectors
from apps.projections.compute.graph import Graph, components

PHASE = "Spectral start"
WIDTH = 10.0
NOISE = 1e-4
# Parts of the graph with fewer vertices have no shape worth finding.
FEWEST = 16


def spectral_start(
    graph: Graph,
    *,
    vectors: NDArray[Any] | None = None,
    n_components: int = 2,
    random_state: int = 0,
    n_threads: int | None = None,
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
        Columns of the result, at most 5.
    random_state : int, default=0
        Seed of a little noise and of the places of tiny parts.
    n_threads : int or None, default=None
        None uses all processors. The result does not depend on it.
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
    vectors_of = partial(slowest_vectors, count=n_components, phase=PHASE, n_threads=n_threads, callback=callback)
    numbers = components(graph)
    if numbers.max() == 0 and len(numbers) >= FEWEST:
        positions = vectors_of(graph)
    else:
        positions = place_components(graph, numbers, vectors, n_components, random, vectors_of)
    # Which way an eigenvector points is open: its longest row decides.
    positions = positions * np.sign(positions[np.abs(positions).argmax(axis=0), np.arange(n_components)])
    largest = np.abs(positions).max()
    positions *= WIDTH / largest if largest > 0 else 1.0
    positions += random.normal(scale=NOISE, size=positions.shape)
    low, high = positions.min(axis=0), positions.max(axis=0)
    scaled: NDArray[np.float32] = (WIDTH * (positions - low) / (high - low)).astype(np.float32)
    return scaled
