"""How true a map is to the vectors that it was made from, in figures."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree
from sklearn.manifold import trustworthiness
from sklearn.metrics import pairwise_distances

from apps.common.compute.progress import Callback, report
from apps.embeddings.compute.neighbors import nearest_neighbors
from apps.projections.compute.preservation import preservation

FEWEST = 4
N_TRIPLETS = 20_000
# Neighbours that vote in the label accuracy.
VOTERS = 10
FEWEST_LABELLED = 20


def faithfulness(
    vectors: NDArray[Any],
    positions: NDArray[Any],
    *,
    neighbors_indices: NDArray[np.int32] | None = None,
    labels: NDArray[np.int32] | None = None,
    metric: str = "euclidean",
    n_neighbors: int = 15,
    n_sampled: int = 2000,
    random_state: int = 0,
    callback: Callback | None = None,
) -> dict[str, Any]:
    """Measure a map as a whole, and how much of each datapoint's neighbourhood it keeps.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        What the map was made from.
    positions : ndarray of shape (n, 2) or (n, 3)
        The map. Only the first two components count: those are what people see.
    neighbors_indices : ndarray of shape (n, k + 1) and dtype int32, or None
        Nearest vectors of each vector, itself first; computed where they are not given.
    labels : ndarray of shape (n,) and dtype int32, or None
        Categories, -1 where there is none.
    metric : str, default="euclidean"
        The distance between vectors that the map was made with.
    n_neighbors : int, default=15
        Size of the neighbourhoods; reduced for small maps.
    n_sampled : int, default=2000
        Size of the samples.
    random_state : int, default=0
        Seed of the samples.
    callback : callable or None, default=None
        Called as ``callback(phase, fraction, positions)``; returning False cancels.

    Returns
    -------
    dict
        "preservation", float32 of shape (n,): see `preservation`. "figures": see `quality`; also
        "neighbor_preservation", the mean of the former, and where there are labels "label_accuracy".
    """
    if neighbors_indices is None:
        wanted = min(n_neighbors + 1, len(vectors))
        neighbors_indices, _ = nearest_neighbors(vectors, wanted, metric=metric, callback=callback)
    kept = preservation(neighbors_indices, positions, n_neighbors=n_neighbors, callback=callback)
    figures = quality(
        vectors,
        positions,
        metric=metric,
        n_neighbors=n_neighbors,
        n_sampled=n_sampled,
        random_state=random_state,
        callback=callback,
    )
    if figures and np.isfinite(kept).any():
        figures["neighbor_preservation"] = round(float(np.nanmean(kept)), 4)
    if labels is not None and (accuracy := label_accuracy(positions, labels, n_sampled, random_state)) is not None:
        figures["label_accuracy"] = round(accuracy, 4)
    return {"figures": figures, "preservation": kept}


def quality(
    vectors: NDArray[Any],
    positions: NDArray[Any],
    *,
    metric: str = "euclidean",
    n_neighbors: int = 15,
    n_sampled: int = 2000,
    random_state: int = 0,
    callback: Callback | None = None,
) -> dict[str, float | int]:
    """Measure trustworthiness and the order of distances on a sample of a map.

    The parameters are those of `faithfulness`.

    Returns
    -------
    dict
        "trustworthiness", 0 … 1: near 1 where points that are neighbours on the map are so among the vectors, 0.5 by
        chance. "triplet_accuracy", 0 … 1: of three datapoints drawn by chance, how often the map agrees which of two is
        nearer to the third, 0.5 by chance. Then "n_sampled" and "n_neighbors" as used. Empty for fewer than 4
        datapoints.

    References
    ----------
    J. Venna, S. Kaski, "Neighborhood preservation in nonlinear projection methods", ICANN 2001. Y. Wang, H. Huang,
    C. Rudin, Y. Shaposhnik, "Understanding how dimension reduction tools work", JMLR 22, 2021 (triplets).
    """
    n = len(vectors)
    if n < FEWEST:
        return {}
    report(callback, "Measuring the quality")
    random = np.random.default_rng(random_state)
    sample = np.sort(random.permutation(n)[:n_sampled])
    k = min(n_neighbors, (len(sample) - 1) // 2)
    between = _distances(np.asarray(vectors[sample], dtype=np.float64), metric)
    seen = np.asarray(positions[sample][:, :2], dtype=np.float64)
    report(callback, "Measuring the quality")
    trust = trustworthiness(between, seen, n_neighbors=k, metric="precomputed")
    report(callback, "Measuring the quality")
    return {
        "trustworthiness": round(float(trust), 4),
        "triplet_accuracy": round(_triplet_accuracy(between, seen, random), 4),
        "n_sampled": len(sample),
        "n_neighbors": k,
    }


def label_accuracy(
    positions: NDArray[Any], labels: NDArray[np.int32], n_sampled: int = 2000, random_state: int = 0
) -> float | None:
    """Measure how often the 10 nearest labelled points on the map vote for a datapoint's own category.

    Returns
    -------
    float or None
        The share, 0 … 1, on a sample. None with fewer than 20 labelled datapoints or a single category.
    """
    labelled = np.flatnonzero(labels >= 0)
    known = labels[labelled]
    if len(labelled) < FEWEST_LABELLED or (known == known[0]).all():
        return None
    places = np.asarray(positions[labelled][:, :2], dtype=np.float64)
    asked = np.random.default_rng(random_state).permutation(len(labelled))[:n_sampled]
    near = KDTree(places).query(places[asked], k=VOTERS + 1)[1]
    others = near != asked[:, np.newaxis]
    # Among many duplicates one may not find itself; then the last is one too many.
    others[others.all(axis=1), -1] = False
    votes = known[near[others].reshape(len(asked), VOTERS)]
    agreeing = votes[:, :, np.newaxis] == votes[:, np.newaxis, :]
    # Of equally many votes those of the nearest count.
    winner = votes[np.arange(len(asked)), agreeing.sum(axis=2).argmax(axis=1)]
    return float((winner == known[asked]).mean())


def _triplet_accuracy(between: NDArray[Any], seen: NDArray[Any], random: np.random.Generator) -> float:
    first, second, third = random.integers(len(seen), size=(3, N_TRIPLETS))
    truly = between[first, second] - between[first, third]
    shown = np.linalg.norm(seen[first] - seen[second], axis=1) - np.linalg.norm(seen[first] - seen[third], axis=1)
    different = (first != second) & (first != third) & (second != third)
    return float((np.sign(truly) == np.sign(shown))[different].mean())


def _distances(vectors: NDArray[np.float64], metric: str) -> NDArray[np.float64]:
    if metric == "dot":
        # Largest where vectors agree: the largest squared length less the product, as neighbours are found.
        products = vectors @ vectors.T
        between: NDArray[np.float64] = np.max(np.diagonal(products)) - products
        np.fill_diagonal(between, 0)
        return between
    measured: NDArray[np.float64] = pairwise_distances(vectors, metric=metric)
    # Correlation with a constant vector is not defined: as far as can be told, they have nothing in common.
    return np.nan_to_num(measured, copy=False, nan=1.0)
