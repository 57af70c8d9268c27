"""UMAP by umap-learn: for comparison, and for what only it does."""

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

# Below this a spectral start has too few eigenvectors to stand on.
FEWEST_FOR_SPECTRAL = 16
# Below this, threads cost umap-learn more than they bring; it uses one where it has a seed.
FEWEST_FOR_THREADS = 20_000
METRICS = ("euclidean", "cosine", "manhattan", "correlation")
# Progress is reported through a name inside umap-learn, so one fit at a time.
_one_fit = threading.Lock()


def fit_umap_learn(
    vectors: NDArray[np.float32],
    *,
    neighbors: tuple[NDArray[np.int32], NDArray[np.float32]],
    metric: str,
    random_state: int | None,
    start: NDArray[np.float32] | None,
    labels: NDArray[np.int32] | None,
    callback: Callback | None,
    **parameters: Any,
) -> NDArray[np.float32]:
    """Fit umap-learn's UMAP to neighbours that are known.

    Parameters
    ----------
    vectors : ndarray of shape (n, d) and dtype float32
    neighbors : tuple of ndarray of shape (n, k)
        Indices and distances, each vector itself first.
    metric : str
        What the distances are.
    random_state : int or None
        With a seed it works on one thread.
    start : ndarray of shape (n, c) or None
        Complete positions; umap-learn scales them to 10.
    labels : ndarray of shape (n,) or None
        -1 where unknown.
    callback : callable or None
        Called as ``callback(phase, fraction, positions)``; returning False cancels, ``Wish.STOP_HERE`` ends.
    **parameters
        Others of ``umap.UMAP``.

    Returns
    -------
    ndarray of shape (n, n_components) and dtype float32
    """
    n = len(vectors)
    if random_state is None and n < FEWEST_FOR_THREADS:
        random_state = int(np.random.default_rng().integers(2**31))
    model = _umap_learn().UMAP(
        n_neighbors=neighbors[0].shape[1],
        # It wants an index beside them where it is to take their word for it.
        precomputed_knn=(*neighbors, None),
        # The distances are there: it measures others only between the parts of an unconnected graph.
        metric=metric if metric in METRICS else "euclidean",
        random_state=random_state,
        n_jobs=1 if random_state is not None else -1,
        init=start if start is not None else "spectral" if n >= FEWEST_FOR_SPECTRAL else "random",
        **parameters,
    )
    with _one_fit, _reporting_epochs(callback), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report(callback, "Building the graph")
        positions = model.fit_transform(vectors, y=labels)
    return np.ascontiguousarray(positions, dtype=np.float32)


def _umap_learn() -> Any:
    """Import it when first used: that takes seconds, and warns of a TensorFlow that we do not miss."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return import_module("umap")


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
