"""The pairs of vectors between which PaCMAP's forces act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Candidates from which the near pairs of a vector are chosen, beyond the number of pairs.
CANDIDATES = 50
FURTHER_A_NEAR = 0.5
FAR_A_NEAR = 2.0
EUCLIDEAN = 0


@dataclass(frozen=True)
class Pairs:
    """Rows of vectors, each an array of shape (pairs, 2) and dtype int32, those of one vector side by side."""

    near: NDArray[np.int32]
    further: NDArray[np.int32]
    far: NDArray[np.int32]


def neighbors_for(n: int, n_neighbors: int | None) -> int:
    """How many neighbours pairs are chosen from, the vector itself included."""
    return min(_counts(n, n_neighbors)[0] + CANDIDATES, n - 1) + 1


def sample_pairs(
    library: Any,
    values: NDArray[np.float32],
    neighbors: NDArray[np.int32],
    distances: NDArray[np.float32],
    n_neighbors: int | None,
    random_state: int | None,
) -> Pairs:
    """Choose the near pairs by scaled distance, and draw those further off and far away.

    Parameters
    ----------
    library : module
        pacmap.pacmap
    values : ndarray of shape (n, d)
    neighbors, distances : ndarray of shape (n, k)
        Nearest others of each vector, without itself; k at least 4.
    n_neighbors : int or None
        As asked for.
    random_state : int or None
        With a seed the pairs are the same again.
    """
    near_count, further_count, far_count = _counts(len(values), n_neighbors)
    neighbors = np.ascontiguousarray(neighbors, dtype=np.int32)
    distances = np.ascontiguousarray(distances, dtype=np.float32)
    width = np.maximum(distances[:, 3:6].mean(axis=1), 1e-10).astype(np.float32)
    scaled = library.scale_dist(distances, width, neighbors)
    near = library.sample_neighbors_pair(values, scaled, neighbors, near_count)
    if random_state is None:
        further = library.sample_MN_pair(values, further_count, EUCLIDEAN)
        far = library.sample_FP_pair(values, near, near_count, far_count)
    else:
        further = library.sample_MN_pair_deterministic(values, further_count, random_state, EUCLIDEAN)
        far = library.sample_FP_pair_deterministic(values, near, near_count, far_count, random_state)
    return Pairs(near=near, further=further, far=far)


def _counts(n: int, n_neighbors: int | None) -> tuple[int, int, int]:
    """Near, further and far pairs of each vector; fewer where there are not enough vectors for all of them."""
    if n_neighbors is None:
        n_neighbors = 10 if n <= 10_000 else round(10 + 15 * (np.log10(n) - 4))
    most = int(n / (1 + FURTHER_A_NEAR + FAR_A_NEAR))
    near = max(1, min(n_neighbors, most))
    return near, max(1, round(near * FURTHER_A_NEAR)), max(1, round(near * FAR_A_NEAR))
