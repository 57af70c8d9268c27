"""The vectors nearest to one vector, looked for block by block: the memory is that of a block."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class NearestSoFar:
    """Keeps the nearest of the vectors that it was shown.

    Parameters
    ----------
    query : ndarray of shape (d,)
        Finite floats.
    n_nearest : int
        How many to keep, at least 1.
    metric : str
        "euclidean", "cosine", "dot", "manhattan" or "correlation". The distance of "dot" is the largest squared norm of
        all vectors shown less the inner product.

    Notes
    -----
    Exact: distances are computed in float64. Of equally near vectors those with the smaller source and row come first.
    The cosine and correlation distance to a vector without a direction is 1.
    """

    def __init__(self, query: NDArray[Any], n_nearest: int, *, metric: str) -> None:
        self._query = query.astype(np.float64)
        self._n_nearest = n_nearest
        self._metric = metric
        self._largest = 0.0
        self._distances = np.empty(0, dtype=np.float64)
        self._sources = np.empty(0, dtype=np.int64)
        self._rows = np.empty(0, dtype=np.int64)

    def look_at(
        self, source: int, rows: NDArray[Any], vectors: NDArray[Any], wanted: NDArray[np.bool_] | None = None
    ) -> None:
        """Look at a block: `rows` (m,) of a source, `vectors` (m, d); `wanted` (m,) says which may be kept."""
        block = vectors.astype(np.float64)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            if self._metric == "dot":
                self._largest = max(self._largest, float(np.einsum("ij,ij->i", block, block).max(initial=0)))
            if wanted is not None and not wanted.all():
                block, rows = block[wanted], rows[wanted]
            distances = distances_to(self._query, block, metric=self._metric)
        self._distances = np.concatenate([self._distances, distances])
        self._sources = np.concatenate([self._sources, np.full(len(rows), source, dtype=np.int64)])
        self._rows = np.concatenate([self._rows, rows.astype(np.int64)])
        order = np.lexsort((self._rows, self._sources, self._distances)) if self._is_small else self._smallest()
        self._keep(order[: self._n_nearest])

    def nearest(self) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
        """Return sources, rows and distances of the nearest, ascending; distances are finite."""
        order = np.lexsort((self._rows, self._sources, self._distances))
        found = np.minimum(self._distances[order] + self._largest, np.finfo(np.float64).max)
        return self._sources[order], self._rows[order], found

    @property
    def _is_small(self) -> bool:
        return len(self._distances) <= 4 * self._n_nearest

    def _smallest(self) -> NDArray[np.intp]:
        """Places of the nearest in their order; those as far as the last of them are sorted, too, for a fair choice."""
        last = np.partition(self._distances, self._n_nearest - 1)[self._n_nearest - 1]
        places = np.flatnonzero(self._distances <= last)
        return places[np.lexsort((self._rows[places], self._sources[places], self._distances[places]))]

    def _keep(self, places: NDArray[np.intp]) -> None:
        self._distances, self._sources = self._distances[places], self._sources[places]
        self._rows = self._rows[places]


def distances_to(query: Floats, block: Floats, *, metric: str) -> Floats:
    """Return the distances (m,) of the vectors `block` (m, d) to `query` (d,), never NaN.

    Those of "dot" are less by the largest squared norm.
    """
    if metric == "dot":
        found = -_products(block, query)
    elif metric == "euclidean":
        away = block - query
        found = np.sqrt(np.einsum("ij,ij->i", away, away))
    elif metric == "manhattan":
        found = np.abs(block - query).sum(axis=1)
    elif metric == "cosine":
        found = _angular(query, block)
    elif metric == "correlation":
        found = _angular(query - query.mean(), block - block.mean(axis=1, keepdims=True))
    else:
        raise ValueError(f"There is no metric {metric!r}.")
    return np.where(np.isnan(found), np.finfo(np.float64).max, found)


def _products(block: Floats, query: Floats) -> Floats:
    """Return inner products. No matrix product: its threads cost more than they save on blocks of this size."""
    found: Floats = np.einsum("ij,j->i", block, query)
    return found


def _angular(query: Floats, block: Floats) -> Floats:
    query = query / max(float(np.abs(query).max(initial=0)), np.finfo(np.float64).tiny)
    norms = np.sqrt(np.einsum("ij,ij->i", block, block)) * np.sqrt(query @ query)
    found: Floats = np.maximum(1 - np.where(norms > 0, _products(block, query) / norms, 0.0), 0)
    return found
