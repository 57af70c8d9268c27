"""UMAP: positions that keep near vectors near."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.compute.progress import Callback, report
from apps.embeddings.compute.neighbors import nearest_neighbors
from apps.embeddings.compute.vectors import check_vectors
from apps.projections.compute.curve import fit_curve
from apps.projections.compute.fuzzy import fuzzy_graph
from apps.projections.compute.graph import Graph, prune
from apps.projections.compute.layout import optimise_layout
from apps.projections.compute.spectral import PHASE as START_PHASE
from apps.projections.compute.spectral import spectral_start
from apps.projections.compute.start import complete_start
from apps.projections.compute.supervision import supervise

FEWEST = 4
MOST_COMPONENTS = 5
METRICS = ("euclidean", "cosine", "dot", "manhattan", "correlation")
ENGINES = ("chroma", "umap-learn", "cuml")
MODES = ("standard", "fast")
# Squares of larger numbers leave the range of float32.
LARGEST = 1e15
# Epochs by default, for up to so many vectors and for more: umap-learn's choice.
FEW, EPOCHS_FOR_FEW, EPOCHS_FOR_MANY = 10_000, 500, 200
# Where the map is asked for before its layout has begun.
EPOCHS_IN_A_HURRY = 30


def umap(
    vectors: NDArray[Any],
    *,
    n_neighbors: int = 15,
    min_dist: float = 0.1,
    spread: float = 1.0,
    metric: str = "euclidean",
    n_epochs: int | None = None,
    random_state: int | None = None,
    engine: str = "chroma",
    mode: str = "standard",
    n_components: int = 2,
    neighbors_indices: NDArray[np.int32] | None = None,
    neighbors_distances: NDArray[np.float32] | None = None,
    start: NDArray[np.floating] | None = None,
    learning_rate: float = 1.0,
    labels: NDArray[np.int32] | None = None,
    target_weight: float = 0.5,
    densmap: bool = False,
    n_threads: int | None = None,
    callback: Callback | None = None,
) -> NDArray[np.float32]:
    """Project vectors to two dimensions, or some more, with UMAP.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        Finite floats; at least 4 rows. A memory map will do.
    n_neighbors : int, default=15
        How many neighbours define what is near. Small values show detail, large ones the overall shape. Where there
        are fewer than `n_neighbors` + 1 vectors, all of them are used.
    min_dist : float, default=0.1
        How close together near points may lie, 0 or more and at most `spread`.
    spread : float, default=1.0
        The scale on which points spread out.
    metric : str, default="euclidean"
        The distance between vectors: "euclidean", "cosine", "dot", "manhattan" or "correlation".
    n_epochs : int or None, default=None
        Steps of the optimisation; None chooses by the number of vectors (500 up to 10,000, then 200).
    random_state : int or None, default=None
        With a seed the same vectors give the same positions, on any number of threads. Without one, chance decides.
    engine : str, default="chroma"
        Which implementation computes: "chroma", this one; "umap-learn"; or "cuml", on a GPU.
    mode : str, default="standard"
        "standard" is as good as umap-learn; "fast" takes half as many epochs and is a little less true.
    n_components : int, default=2
        Dimensions of the map, 1 … 5.
    neighbors_indices, neighbors_distances : ndarray of shape (n, k) or None, default=None
        Nearest neighbours where they are known, each vector itself first; `n_neighbors` of them are used.
    start : ndarray of shape (n, n_components) or None, default=None
        Positions to start from instead of the graph's own; rows with NaN are placed among their neighbours.
    learning_rate : float, default=1.0
        How far points move at first; less than 1 keeps them near a good start.
    labels : ndarray of shape (n,) and dtype int32, or None, default=None
        Classes that the map shall keep together; -1 where unknown.
    target_weight : float, default=0.5
        How much labels count, 0 … 1.
    densmap : bool, default=False
        Let densities show as densities; only engine "umap-learn" can.
    n_threads : int or None, default=None
        None uses all processors.
    callback : callable or None, default=None
        Called as ``callback(phase, fraction, positions)``; returning False cancels, ``Wish.STOP_HERE`` ends the layout
        where it is.

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
    L. McInnes, J. Healy, J. Melville, "UMAP: Uniform Manifold Approximation and Projection for Dimension Reduction",
    arXiv:1802.03426.
    """
    _check(engine, mode, metric, n_components, min_dist, spread, densmap)
    report(callback, "Checking the vectors")
    check_vectors(vectors, at_least=FEWEST)
    n = len(vectors)
    epochs = n_epochs or (EPOCHS_FOR_FEW if n <= FEW else EPOCHS_FOR_MANY)
    if mode == "fast":
        epochs = max(1, epochs // 2)
    values = _in_float32(vectors)
    neighbors = _neighbors(
        values, neighbors_indices, neighbors_distances, n_neighbors, metric, random_state, n_threads, callback
    )
    if engine != "chroma":
        positions = _other_engine(engine)(
            values, neighbors=neighbors, metric=metric, random_state=random_state, callback=callback, labels=labels,
            start=None if start is None else complete_start(fuzzy_graph(*neighbors), start), min_dist=min_dist,
            spread=spread, n_epochs=n_epochs, n_components=n_components, learning_rate=learning_rate,
            target_weight=target_weight, densmap=densmap,
        )  # fmt: skip
    else:
        seed = int(np.random.default_rng().integers(2**31)) if random_state is None else random_state
        graph = fuzzy_graph(*neighbors, n_threads=n_threads, callback=callback)
        if labels is not None:
            graph = supervise(graph, labels, target_weight=target_weight)
        graph = prune(graph, epochs if epochs > 10 else EPOCHS_FOR_FEW)
        first = _first(graph, values, start, n_components, seed, n_threads, callback)
        a, b = fit_curve(min_dist, spread)
        if report(callback, START_PHASE, 1.0, first):
            epochs, callback = min(epochs, EPOCHS_IN_A_HURRY), _deaf_to_stopping(callback)
        positions = optimise_layout(
            graph, first, a=a, b=b, n_epochs=epochs, learning_rate=learning_rate, random_state=seed,
            n_threads=n_threads, callback=callback,
        )  # fmt: skip
    if not np.isfinite(positions).all():
        raise ValueError("UMAP found no finite positions for these vectors; try another metric or more neighbours.")
    return positions  # type: ignore[no-any-return]


def _other_engine(engine: str) -> Any:
    """Give the function that fits with it, imported when first used."""
    if engine == "cuml":
        return import_module("apps.projections.compute.cuml").fit_cuml
    return import_module("apps.projections.compute.umap_learn").fit_umap_learn


def warm_up() -> None:
    """Compile what a fit needs, or load it where it was compiled before, so that the first one does not wait for it."""
    vectors = np.random.default_rng(0).normal(size=(64, 8)).astype(np.float32)
    umap(vectors, n_neighbors=5, n_epochs=2, random_state=0)


def _check(
    engine: str, mode: str, metric: str, n_components: int, min_dist: float, spread: float, densmap: bool
) -> None:
    for name, value, allowed in (("engine", engine, ENGINES), ("mode", mode, MODES), ("metric", metric, METRICS)):
        if value not in allowed:
            raise ValueError(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    if not 1 <= n_components <= MOST_COMPONENTS:
        raise ValueError(f"n_components must be from 1 to {MOST_COMPONENTS}, not {n_components}.")
    if min_dist > spread:
        raise ValueError(f"min_dist ({min_dist}) must be at most spread ({spread}).")
    if densmap and engine != "umap-learn":
        raise ValueError(f"densmap is done by engine 'umap-learn' only, not by {engine!r}.")


def _neighbors(
    values: NDArray[np.float32],
    indices: NDArray[np.int32] | None,
    distances: NDArray[np.float32] | None,
    n_neighbors: int,
    metric: str,
    random_state: int | None,
    n_threads: int | None,
    callback: Callback | None,
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    n = len(values)
    k = min(n_neighbors, n - 1)
    if indices is None or distances is None:
        return nearest_neighbors(
            values, k, metric=metric, random_state=random_state or 0, n_threads=n_threads, callback=callback
        )
    if indices.shape != distances.shape or len(indices) != n or indices.shape[1] < k:
        raise ValueError(
            f"The neighbours must be two arrays ({n}, {k}) or wider, not {indices.shape} and {distances.shape}."
        )
    return np.ascontiguousarray(indices[:, :k]), np.ascontiguousarray(distances[:, :k])


def _first(
    graph: Graph,
    values: NDArray[np.float32],
    start: NDArray[np.floating] | None,
    n_components: int,
    seed: int,
    n_threads: int | None,
    callback: Callback | None,
) -> NDArray[np.float32]:
    if start is None:
        return spectral_start(
            graph, vectors=values, n_components=n_components, random_state=seed, n_threads=n_threads, callback=callback
        )
    if start.shape[1:] != (n_components,):
        raise ValueError(f"start must have {n_components} columns; its shape is {start.shape}.")
    return complete_start(graph, start)


def _deaf_to_stopping(callback: Callback | None) -> Callback:
    """Hear of cancelling only, and show nothing more."""

    def listen(phase: str, fraction: float | None, _: Any) -> bool:
        return callback is None or callback(phase, fraction, None) is not False

    return listen


def _in_float32(vectors: NDArray[Any]) -> NDArray[np.float32]:
    largest = max(float(vectors.max()), -float(vectors.min()))
    # All metrics look the same at another scale.
    scaled = vectors / largest if largest > LARGEST else vectors
    return np.asarray(scaled, dtype=np.float32)
