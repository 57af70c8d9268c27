"""t-SNE: positions that keep each vector's nearest ones around it, by openTSNE."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.progress import Callback, Counted, report
from apps.common.compute.threads import thread_count
from apps.embeddings.compute.neighbors import nearest_neighbors
from apps.embeddings.compute.vectors import check_vectors
from apps.projections.compute.pca import pca

FEWEST = 8
# t-SNE looks at so many neighbours for each unit of perplexity.
NEIGHBORS_A_PERPLEXITY = 3
EARLY_ITERATIONS = 250
EARLY_EXAGGERATION = 12.0
# Where a point is no longer worth its place in a tree: the interpolation grid is quicker, in two dimensions.
MOST_IN_TREE = 10_000
# Iterations between two reports: few enough that they lie a tenth of a second apart at any size.
ROWS_A_REPORT = 20_000
# Standard deviation of the start, small enough that the forces find their own scale.
START = 1e-4


def tsne(
    vectors: NDArray[Any],
    *,
    perplexity: float = 30.0,
    metric: str = "euclidean",
    exaggeration: float = 1.0,
    n_iter: int = 500,
    n_components: int = 2,
    random_state: int | None = None,
    neighbors_indices: NDArray[np.int32] | None = None,
    neighbors_distances: NDArray[np.float32] | None = None,
    n_threads: int | None = None,
    callback: Callback | None = None,
) -> NDArray[np.float32]:
    """Project vectors with t-SNE, as openTSNE computes it.

    It starts from the principal components, runs 250 iterations of early exaggeration, then `n_iter` more; up to 10,000
    vectors with Barnes and Hut's trees, beyond with interpolation on a grid, whose cost is linear in n.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        Finite floats; at least 8 rows.
    perplexity : float, default=30
        How many neighbours count, softly; more than 1. Reduced to (n - 1) / 3 where there are fewer vectors.
    metric : str, default="euclidean"
        The distance between vectors; see `nearest_neighbors`.
    exaggeration : float, default=1
        Factor on the attraction after the early phase. More than 1 makes clusters denser, as UMAP shows them.
    n_iter : int, default=500
        Iterations after the early phase.
    n_components : int, default=2
        2 or 3.
    random_state : int or None, default=None
        Seed of the start's jitter. With a seed one thread computes, so that the same vectors give the same positions.
    neighbors_indices, neighbors_distances : ndarray of shape (n, k) or None
        Nearest neighbours of each vector, itself first, if they are known; used where k > 3 * perplexity.
    n_threads : int or None, default=None
        None takes all cores of this process where there is no seed.
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
    L. van der Maaten, G. Hinton, "Visualizing data using t-SNE", JMLR 9, 2008. P. Poličar, M. Stražar, B. Zupan,
    "openTSNE: a modular Python library for t-SNE dimensionality reduction and embedding", JSS 109, 2024.
    """
    report(callback, "Checking the vectors")
    check_vectors(vectors, at_least=FEWEST)
    n = len(vectors)
    if n_threads is None:
        n_threads = 1 if random_state is not None else thread_count()
    wanted = min(n - 1, int(NEIGHBORS_A_PERPLEXITY * perplexity)) + 1
    if neighbors_indices is None or neighbors_distances is None or neighbors_indices.shape[1] < wanted:
        neighbors_indices, neighbors_distances = nearest_neighbors(vectors, wanted, metric=metric, callback=callback)
    report(callback, "Loading openTSNE")
    library, affinity = import_module("openTSNE"), import_module("openTSNE.affinity")
    search = import_module("openTSNE.nearest_neighbors")
    start = _start(vectors, n_components, random_state, callback)
    report(callback, "Weighing neighbours", None, start)
    known = search.PrecomputedNeighbors(
        np.ascontiguousarray(neighbors_indices[:, 1:wanted], dtype=np.int64),
        np.ascontiguousarray(neighbors_distances[:, 1:wanted], dtype=np.float64),
    )
    affinities = affinity.PerplexityBasedNN(
        knn_index=known, perplexity=min(perplexity, (wanted - 1) / NEIGHBORS_A_PERPLEXITY), n_jobs=n_threads
    )
    uses_tree = n <= MOST_IN_TREE or n_components > 2
    layout = library.TSNEEmbedding(
        start, affinities, negative_gradient_method="bh" if uses_tree else "fft", n_jobs=n_threads
    )
    return _optimised(layout, exaggeration, n_iter, callback)


def _start(
    vectors: NDArray[Any], n_components: int, random_state: int | None, callback: Callback | None
) -> NDArray[np.float32]:
    """Scale the principal components down, a little shaken so that equal vectors can part."""
    start = pca(vectors, n_components=n_components, callback=callback).astype(np.float64)
    scale = float(start[:, 0].std())
    start = start / scale if scale > 0 else np.zeros_like(start)
    shaken = start + np.random.default_rng(random_state).normal(scale=0.01, size=start.shape)
    return np.asarray(shaken * START, dtype=np.float32)


def _optimised(layout: Any, exaggeration: float, n_iter: int, callback: Callback | None) -> NDArray[np.float32]:
    stages = [(EARLY_ITERATIONS, max(EARLY_EXAGGERATION, exaggeration)), (n_iter, exaggeration)]
    every = max(1, min(10, ROWS_A_REPORT // len(layout)))
    total = sum(count for count, _ in stages)
    done = 0
    is_over = False

    def heard(iteration: int, error: float, positions: NDArray[Any]) -> bool:
        nonlocal is_over
        seen = np.array(positions, dtype=np.float32)
        is_over = report(callback, "Optimising the layout", Counted(done + iteration, total), seen)
        return is_over

    for count, factor in stages:
        layout = layout.optimize(
            n_iter=count, exaggeration=factor, inplace=True, callbacks=heard, callbacks_every_iters=min(every, count)
        )
        if is_over:
            break
        done += count
    positions = np.array(layout, dtype=np.float32)
    if not np.isfinite(positions).all():
        raise ValueError("t-SNE found no finite positions for these vectors; try another metric or perplexity.")
    return positions
