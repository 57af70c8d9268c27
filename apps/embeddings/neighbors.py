"""The stored neighbours of an embedding set, for maps, analyses and "find similar"."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from apps.datasets import bitmaps
from apps.datasets.bitmaps import Rows
from apps.datasets.columns import present_rows, read_rows
from apps.datasets.columns.pieces import changed_rows
from apps.datasets.models import Column
from apps.embeddings.models import EmbeddingSet, Metric, NeighborGraph

# How many are looked for where nobody says, and at most; a datapoint is its own first neighbour.
DEFAULT_NEIGHBORS = 30
MOST_NEIGHBORS = 200


@dataclass(frozen=True)
class Neighbors:
    """The nearest neighbours of each vector of an embedding set, at one version of the vectors.

    Attributes
    ----------
    rows : ndarray of shape (n,) and dtype uint32
        Which datapoints have a list, ascending.
    indices : ndarray of shape (n, k) and dtype int32
        Neighbours as places in `rows`, the nearest first, each datapoint itself before all others; -1 for one that was
        deleted.
    distances : ndarray of shape (n, k) and dtype float32
    recall : float
        The measured share (0 … 1) of the true neighbours that are in the lists.
    """

    rows: Rows
    indices: NDArray[np.int32]
    distances: NDArray[np.float32]
    recall: float

    def first(self, n_neighbors: int) -> Neighbors:
        """The same with shorter lists."""
        short = slice(None, n_neighbors)
        return Neighbors(self.rows, self.indices[:, short], self.distances[:, short], self.recall)


def neighbors_of(
    embedding_set: EmbeddingSet, metric: Metric, n_neighbors: int, *, version: int | None = None
) -> Neighbors | None:
    """The neighbours as they are stored, where that is right; who needs them otherwise calls `find_neighbors` in a job.

    Parameters
    ----------
    embedding_set : EmbeddingSet
    metric : Metric
    n_neighbors : int
        The datapoint itself included. Fewer vectors give shorter lists.
    version : int, optional
        Of the vectors; by default the newest.

    Returns
    -------
    neighbors : Neighbors or None
        None where none are stored, or not so many, or for another version of the vectors.
    """
    graph = stored_graph(embedding_set, metric)
    wanted = newest_version(embedding_set) if version is None else version
    if graph is None or graph.n_neighbors < n_neighbors or graph.vectors_version != wanted:
        return None
    stored = read_neighbors(graph)
    return None if stored is None else stored.first(n_neighbors)


def stored_graph(embedding_set: EmbeddingSet, metric: Metric) -> NeighborGraph | None:
    """The graph of one metric with its columns as of one moment, however old."""
    graphs = NeighborGraph.objects.filter(embedding_set=embedding_set, metric=metric)
    return graphs.select_related("rows", "distances").first()


def read_neighbors(graph: NeighborGraph) -> Neighbors | None:
    """All lists of a graph; None where it was replaced meanwhile."""
    rows = bitmaps.rows_of(present_rows(graph.rows))
    near = read_rows(graph.rows, rows, version=graph.rows.version)
    away = read_rows(graph.distances, rows, version=graph.distances.version)
    if not (near.present.all() and away.present.all()):
        return None
    return Neighbors(rows, places_of(near.values, rows), away.values, graph.recall)


def read_list(graph: NeighborGraph, row: int) -> tuple[Rows, NDArray[np.float32]] | None:
    """The rows and distances of one datapoint's neighbours; None where it has no list."""
    one = np.array([row], dtype=np.uint32)
    near = read_rows(graph.rows, one, version=graph.rows.version)
    away = read_rows(graph.distances, one, version=graph.distances.version)
    return (near.values[0], away.values[0]) if near.present[0] and away.present[0] else None


def rows_behind(graph: NeighborGraph, vectors: Column) -> BitMap:
    """The rows whose vectors were added, changed or removed since the graph was made."""
    return changed_rows(vectors, graph.vectors_version) if vectors.version > graph.vectors_version else BitMap()


def newest_version(embedding_set: EmbeddingSet) -> int:
    return Column.objects.values_list("version", flat=True).get(pk=embedding_set.vectors_id)


def common_rows(some: Rows, others: Rows) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where the rows that are in both stand, in the one and in the other."""
    _, here, there = np.intersect1d(some, others, assume_unique=True, return_indices=True)
    return here, there


def places_of(lists: NDArray[np.uint32], rows: Rows) -> NDArray[np.int32]:
    """Rows as places in `rows` (ascending); -1 for those that are not in it."""
    length = int(max(lists.max(initial=0), rows.max(initial=0))) + 1
    place = np.full(length, -1, dtype=np.int32)
    place[rows] = np.arange(len(rows), dtype=np.int32)
    found: NDArray[np.int32] = place[lists]
    return found
