"""A map of a sample, to look at while the map of all is being prepared."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.progress import Callback, Wish
from apps.jobs.compute.frames import shown_rows
from apps.projections.compute.umap import umap

PHASE = "Mapping a sample"
# The sample's map costs under a CPU second; with fewer vectors than this, the map of all has begun as soon.
FEWEST = 30_000
SAMPLE = 4000
EPOCHS = 150


def map_sample(
    vectors: NDArray[Any],
    *,
    n_neighbors: int = 15,
    min_dist: float = 0.1,
    spread: float = 1.0,
    metric: str = "euclidean",
    random_state: int | None = None,
    n_threads: int | None = None,
    callback: Callback | None = None,
) -> NDArray[np.float32]:
    """Project some of many vectors with UMAP.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        Finite floats, in memory or mapped; 4000 of them, drawn by chance, are read.
    n_neighbors, min_dist, spread, metric, random_state, n_threads
        As of `apps.projections.compute.umap.umap`.
    callback : callable or None, default=None
        Called as ``callback(phase, fraction, positions)`` with the positions of all vectors, NaN where they are not in
        the sample; returning False cancels.

    Returns
    -------
    ndarray of shape (n, 2) and dtype float32
        NaN where a vector is not in the sample.
    """
    n = len(vectors)
    # Of the rows that are shown of a map in the making.
    shown = shown_rows(n)
    rows = np.sort(np.random.default_rng(random_state or 0).permutation(shown)[:SAMPLE])

    def among_all(positions: NDArray[np.float32]) -> NDArray[np.float32]:
        everywhere = np.full((n, 2), np.nan, dtype=np.float32)
        everywhere[rows] = positions
        return everywhere

    def tell(_: str, fraction: float | None, positions: NDArray[np.float32] | None) -> bool | Wish | None:
        if callback is None:
            return None
        return callback(PHASE, fraction, None if positions is None else among_all(positions))

    positions = umap(
        np.asarray(vectors[rows]),
        n_neighbors=n_neighbors,
        min_dist=min_dist,
        spread=spread,
        metric=metric,
        n_epochs=EPOCHS,
        random_state=random_state,
        n_threads=n_threads,
        callback=tell,
    )
    return among_all(positions)
