"""densMAP: UMAP that keeps densities, by umap-learn."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.progress import Callback
from apps.projections.compute.umap import umap

FEWEST = 16


def densmap(
    vectors: NDArray[Any],
    *,
    n_neighbors: int = 15,
    min_dist: float = 0.1,
    spread: float = 1.0,
    metric: str = "euclidean",
    n_epochs: int | None = None,
    n_components: int = 2,
    random_state: int | None = None,
    neighbors_indices: NDArray[np.int32] | None = None,
    neighbors_distances: NDArray[np.float32] | None = None,
    callback: Callback | None = None,
) -> NDArray[np.float32]:
    """Project vectors with densMAP: as UMAP, but tight groups stay tight and loose ones loose.

    Parameters, result and errors are those of `umap`.

    References
    ----------
    A. Narayan, B. Berger, H. Cho, "Assessing single-cell transcriptomic variability through density-preserving data
    visualization", Nature Biotechnology 39, 2021.
    """
    return umap(
        vectors,
        n_neighbors=n_neighbors,
        min_dist=min_dist,
        spread=spread,
        metric=metric,
        n_epochs=n_epochs,
        n_components=n_components,
        random_state=random_state,
        neighbors_indices=neighbors_indices,
        neighbors_distances=neighbors_distances,
        engine="umap-learn",
        densmap=True,
        callback=callback,
    )
