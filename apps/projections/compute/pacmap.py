"""PaCMAP and LocalMAP: positions from pairs that are near, further and far, by the kernels of the library pacmap."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.progress import Callback, Counted, report
from apps.embeddings.compute.neighbors import nearest_neighbors
from apps.embeddings.compute.vectors import check_vectors
from apps.projections.compute.pacmap_pairs import Pairs, neighbors_for, sample_pairs
from apps.projections.compute.pca import pca

FEWEST = 16
# Beyond so many dimensions far pairs are compared, and the start is taken, in the first 100 principal components.
MOST_DIMENSIONS = 100
# Iterations of the three phases: far order first, then both, then near order alone.
PHASES = (100, 100, 250)
START = 0.01
FIRST_WEIGHT_OF_FURTHER = 1000.0
# LocalMAP: clusters nearer than this on the map are told apart, by new far pairs every tenth iteration.
NEARBY = 10.0
RESAMPLE_EVERY = 10


def pacmap(
    vectors: NDArray[Any],
    *,
    n_neighbors: int | None = None,
    metric: str = "euclidean",
    n_components: int = 2,
    random_state: int | None = None,
    neighbors_indices: NDArray[np.int32] | None = None,
    neighbors_distances: NDArray[np.float32] | None = None,
    callback: Callback | None = None,
) -> NDArray[np.float32]:
    """Project vectors with PaCMAP, which keeps near and far order at once.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        Finite floats; at least 16 rows.
    n_neighbors : int or None, default=None
        Near pairs of each vector; None takes 10 up to 10,000 vectors and 15 more for each factor of ten beyond.
    metric : str, default="euclidean"
        "euclidean" or "cosine".
    n_components : int, default=2
        2 or 3.
    random_state : int or None, default=None
        With a seed the same vectors give the same positions.
    neighbors_indices, neighbors_distances : ndarray of shape (n, k) or None
        Nearest neighbours of each vector, itself first, if they are known; used where k > n_neighbors + 50.
    callback : callable or None, default=None
        Called as ``callback(phase, fraction, positions)``; returning False cancels, ``Wish.STOP_HERE`` ends here.

    Returns
    -------
    ndarray of shape (n, n_components) and dtype float32
        Positions in the order of the vectors; without scale or direction of their own.

    Raises
    ------
    ValueError
        Where the vectors or a parameter cannot be used.
    Cancelled
        Where the callback returned False.

    References
    ----------
    Y. Wang, H. Huang, C. Rudin, Y. Shaposhnik, "Understanding how dimension reduction tools work", JMLR 22, 2021.
    """
    known = (neighbors_indices, neighbors_distances)
    return _fitted(vectors, n_neighbors, metric, n_components, random_state, known, False, callback)


def localmap(
    vectors: NDArray[Any],
    *,
    n_neighbors: int | None = None,
    metric: str = "euclidean",
    n_components: int = 2,
    random_state: int | None = None,
    neighbors_indices: NDArray[np.int32] | None = None,
    neighbors_distances: NDArray[np.float32] | None = None,
    callback: Callback | None = None,
) -> NDArray[np.float32]:
    """Project vectors with LocalMAP: PaCMAP that finds the borders of near clusters while it runs.

    Parameters, result and errors are those of `pacmap`.

    References
    ----------
    Y. Wang, Y. Sun, H. Huang, C. Rudin, "Dimension reduction with locally adjusted graphs", AAAI 2025.
    """
    known = (neighbors_indices, neighbors_distances)
    return _fitted(vectors, n_neighbors, metric, n_components, random_state, known, True, callback)


def _fitted(
    vectors: NDArray[Any],
    n_neighbors: int | None,
    metric: str,
    n_components: int,
    random_state: int | None,
    known: tuple[NDArray[np.int32] | None, NDArray[np.float32] | None],
    is_local: bool,
    callback: Callback | None,
) -> NDArray[np.float32]:
    if metric not in ("euclidean", "cosine"):
        raise ValueError(f"metric must be euclidean or cosine, not {metric!r}.")
    report(callback, "Checking the vectors")
    check_vectors(vectors, at_least=FEWEST)
    wanted = neighbors_for(len(vectors), n_neighbors)
    indices, distances = known
    if indices is None or distances is None or indices.shape[1] < wanted:
        indices, distances = nearest_neighbors(vectors, wanted, metric=metric, callback=callback)
    report(callback, "Loading PaCMAP")
    library = import_module("pacmap.pacmap")
    values = _prepared(vectors, metric, callback)
    leading = values if vectors.shape[1] > MOST_DIMENSIONS else pca(values, n_components=n_components)
    start = np.ascontiguousarray(START * leading[:, :n_components])
    report(callback, "Drawing pairs", None, start)
    angles = np.sqrt(2 * distances) if metric == "cosine" else distances
    pairs = sample_pairs(library, values, indices[:, 1:wanted], angles[:, 1:wanted], n_neighbors, random_state)
    positions = start
    for done in _iterations(library, values, pairs, positions, is_local):
        if report(callback, "Optimising the layout", Counted(done, sum(PHASES)), positions.copy()):
            break
    if not np.isfinite(positions).all():
        raise ValueError("No finite positions were found for these vectors; try more neighbours.")
    return positions


def _prepared(vectors: NDArray[Any], metric: str, callback: Callback | None) -> NDArray[np.float32]:
    """Give the vectors as the kernels want them: at most 100 dimensions, around 0, lengths 1 for cosine."""
    values: NDArray[Any] = vectors
    if metric == "cosine":
        lengths = np.linalg.norm(np.asarray(vectors, dtype=np.float64), axis=1, keepdims=True)
        values = vectors / np.where(lengths == 0, 1, lengths)
    if values.shape[1] > MOST_DIMENSIONS:
        return pca(values, n_components=MOST_DIMENSIONS, callback=callback)
    low, high = float(values.min()), float(values.max())
    scaled = (np.asarray(values, dtype=np.float64) - low) / ((high - low) or 1.0)
    return np.ascontiguousarray(scaled - scaled.mean(axis=0), dtype=np.float32)


def _iterations(
    library: Any, values: NDArray[np.float32], pairs: Pairs, positions: NDArray[np.float32], is_local: bool
) -> Iterator[int]:
    """Run the library's iterations on the positions one by one, as its own loop does."""
    mean, variance = np.zeros_like(positions), np.zeros_like(positions)
    last_phase = PHASES[0] + PHASES[1]
    far = pairs.far
    for iteration in range(sum(PHASES)):
        of_further, of_near, of_far = library.find_weight(FIRST_WEIGHT_OF_FURTHER, iteration, num_iters=PHASES)
        given = (positions, pairs.near, pairs.further, far, of_near, of_further, of_far)
        if is_local and iteration > last_phase:
            gradient = library.pacmap_grad_nearby_recip_sqrt(*given, NEARBY / 2)
        else:
            gradient = library.pacmap_grad(*given)
        library.update_embedding_adam(positions, gradient, mean, variance, 0.9, 0.999, 1.0, iteration)
        if is_local and iteration > last_phase and iteration % RESAMPLE_EVERY == 0:
            far = library.sample_FP_pair_nearby(values, pairs.near, far, positions, NEARBY)
        yield iteration + 1
