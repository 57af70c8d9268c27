"""UMAP: positions that keep near vectors near."""

from __future__ import annotations

import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.progress import Callback, Counted, report
from apps.embeddings.compute.neighbors import nearest_neighbors
from apps.embeddings.compute.vectors import check_vectors

FEWEST = 4
# Below this a spectral start has too few eigenvectors to stand on.
FEWEST_FOR_SPECTRAL = 16
# Up to so many vectors all distances are computed: as quick as umap-learn's search, exact, and with progress.
MOST_EXACT = {"euclidean": 20_000, "cosine": 20_000, "manhattan": 4096, "correlation": 4096}
# Below this, threads cost umap-learn more than they bring; it uses one where it has a seed.
FEWEST_FOR_THREADS = 20_000
# Squares of larger numbers leave the range of float32.
LARGEST = 1e15
# Progress is reported through a name inside umap-learn, so one fit at a time.
_one_fit = threading.Lock()


def umap(
    vectors: NDArray[Any],
    *,
    n_neighbors: int = 15,
    min_dist: float = 0.1,
    spread: float = 1.0,
    metric: str = "euclidean",
    n_epochs: int | None = None,
    random_state: int | None = None,
    engine: str = "umap-learn",
    callback: Callback | None = None,
) -> NDArray[np.float32]:
    """Project vectors to two dimensions with UMAP.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        Finite floats; at least 4 rows.
    n_neighbors : int, default=15
        How many neighbours define what is near. Small values show detail, large ones the overall shape. Where there
        are fewer than `n_neighbors` + 1 vectors, all of them are used.
    min_dist : float, default=0.1
        How close together near points may lie, 0 or more and at most `spread`.
    spread : float, default=1.0
        The scale on which points spread out.
    metric : str, default="euclidean"
        The distance between vectors: "euclidean", "cosine", "manhattan" or "correlation".
    n_epochs : int or None, default=None
        Steps of the optimisation; None chooses by the number of vectors (500 up to 10,000, then 200).
    random_state : int or None, default=None
        With a seed the same vectors give the same positions, on one thread. Without one, chance decides.
    engine : str, default="umap-learn"
        Which implementation computes; there is one so far.
    callback : callable or None, default=None
        Called as ``callback(phase, fraction, positions)``; returning False cancels.

    Returns
    -------
    ndarray of shape (n, 2) and dtype float32
        Positions in the order of the vectors; without scale or direction of their own.

    Raises
    ------
    ValueError
        Where the vectors or a parameter cannot be used.
    Cancelled
        Where the callback returned False.

    References
    ----------
    L. McInnes, J. Healy, J. Melville, "UMAP: Uniform Manifold Approximation and Projection for Dimension Reduction",
    arXiv:1802.03426.
    """
    if engine != "umap-learn":
        raise ValueError(f"engine must be 'umap-learn', not {engine!r}.")
    if metric not in MOST_EXACT:
        raise ValueError(f"metric must be one of {', '.join(MOST_EXACT)}, not {metric!r}.")
    if min_dist > spread:
        raise ValueError(f"min_dist ({min_dist}) must be at most spread ({spread}).")
    report(callback, "Checking the vectors")
    check_vectors(vectors, at_least=FEWEST)
    n = len(vectors)
    if random_state is None and n < FEWEST_FOR_THREADS:
        random_state = int(np.random.default_rng().integers(2**31))
    k = min(n_neighbors, n - 1)
    values = _in_float32(vectors)
    known = nearest_neighbors(values, k, metric=metric, callback=callback) if n <= MOST_EXACT[metric] else None
    model = _umap_learn().UMAP(
        n_neighbors=k,
        precomputed_knn=known or (None, None, None),
        min_dist=min_dist,
        spread=spread,
        metric=metric,
        n_epochs=n_epochs,
        random_state=random_state,
        n_jobs=1 if random_state is not None else -1,
        init="spectral" if n >= FEWEST_FOR_SPECTRAL else "random",
    )
    with _one_fit, _reporting_epochs(callback), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report(callback, "Building the graph" if known else "Finding neighbours and building the graph")
        positions = model.fit_transform(values)
    if not np.isfinite(positions).all():
        raise ValueError("UMAP found no finite positions for these vectors; try another metric or more neighbours.")
    return np.ascontiguousarray(positions, dtype=np.float32)


def warm_up() -> None:
    """Compile what a fit of a few thousand vectors needs, so that the first one does not wait for it."""
    vectors = np.random.default_rng(0).normal(size=(64, 8)).astype(np.float32)
    umap(vectors, n_neighbors=5, n_epochs=11, random_state=0)


def _umap_learn() -> Any:
    """Import it when first used: that takes seconds, and warns of a TensorFlow that we do not miss."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return import_module("umap")


def _in_float32(vectors: NDArray[Any]) -> NDArray[np.float32]:
    largest = max(float(vectors.max()), -float(vectors.min()))
    # All metrics look the same at another scale.
    scaled = vectors / largest if largest > LARGEST else vectors
    return np.asarray(scaled, dtype=np.float32)


@contextmanager
def _reporting_epochs(callback: Callback | None) -> Iterator[None]:
    """Let the callback hear of each epoch: umap-learn loops over its epochs through `tqdm`, which is ours meanwhile."""
    layouts = _umap_learn().layouts

    class Epochs:
        def __init__(self, epochs: range, **options: Any) -> None:
            self.epochs = epochs

        def __iter__(self) -> Iterator[int]:
            for epoch in self.epochs:
                positions = sys._getframe(1).f_locals.get("head_embedding")  # noqa: SLF001
                if report(callback, "Optimising the layout", Counted(epoch, len(self.epochs)), positions):
                    return
                yield epoch

    original = layouts.tqdm
    layouts.tqdm = Epochs
    try:
        yield
    finally:
        layouts.tqdm = original
