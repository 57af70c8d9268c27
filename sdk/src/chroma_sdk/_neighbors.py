"""Neighbours as they come from the server, and the arguments by which they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from chroma_sdk._arrow import read_table
from chroma_sdk._connection import Connection
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._vectors import check_finite

METRICS = ("cosine", "euclidean", "dot", "manhattan", "correlation")
MOST_SIMILAR = 500


@dataclass(frozen=True)
class Similar:
    """One of the datapoints nearest to what was asked about.

    Attributes
    ----------
    key : str
    distance : float
        By the metric that was asked for; 0 is the same.
    dataset : str
        Name of the dataset that it is in.
    """

    key: str
    distance: float
    dataset: str


@dataclass(frozen=True)
class Neighbors:
    """The nearest neighbours of each datapoint of a dataset.

    Attributes
    ----------
    keys : list of str
        Of the n datapoints that have a vector, in row order.
    indices : ndarray of shape (n, k) and dtype int32
        Neighbours as places in `keys`, the nearest first, each datapoint itself before all others; -1 for one that was
        deleted since.
    distances : ndarray of shape (n, k) and dtype float32
    metric : str
    recall : float
        The measured share (0 to 1) of the true neighbours.
    is_fresh : bool
        Whether they are right for the vectors as they are now.
    """

    keys: list[str]
    indices: np.ndarray[Any, Any]
    distances: np.ndarray[Any, Any]
    metric: str
    recall: float
    is_fresh: bool


def read_neighbors(connection: Connection, embedding_set_id: str, metric: str) -> Neighbors:
    """Return the stored neighbours of an embedding set. Raises NotFound where there are none."""
    table = read_table(connection, f"/bulk/v1/embedding-sets/{embedding_set_id}/neighbors?metric={metric}")
    rows = table.column("row").to_numpy()
    lists, distances = _matrix(table.column("neighbors")), _matrix(table.column("distances"))
    place = np.full(int(max(rows.max(initial=0), lists.max(initial=0))) + 1, -1, dtype=np.int32)
    place[rows] = np.arange(len(rows), dtype=np.int32)
    facts = {name.decode(): value.decode() for name, value in table.schema.metadata.items()}
    return Neighbors(
        keys=table.column("key").to_pylist(),
        indices=place[lists],
        distances=distances,
        metric=metric,
        recall=float(facts["recall"]),
        is_fresh=facts["is_fresh"] == "true",
    )


def check_metric(metric: str) -> str:
    """Return the metric. Raises InvalidArgument for one that the server does not know."""
    if metric not in METRICS:
        raise InvalidArgument("metric", f"got {metric!r}, wanted one of {', '.join(METRICS)}.")
    return metric


def as_vector(vector: Any, dimension: int) -> list[float]:
    """Return one vector as a list. Raises InvalidArgument unless it has as many finite numbers as are wanted."""
    try:
        found = np.asarray(vector, dtype=np.float64)
    except (TypeError, ValueError) as problem:
        raise InvalidArgument("vector", f"wanted {dimension:,} numbers ({problem}).") from problem
    if found.shape != (dimension,):
        raise InvalidArgument("vector", f"got shape {found.shape}, wanted ({dimension},).")
    check_finite("vector", found[np.newaxis])
    return list(found.tolist())


def _matrix(column: Any) -> np.ndarray[Any, Any]:
    width = column.type.list_size
    chunks = [chunk.flatten().to_numpy(zero_copy_only=False).reshape(len(chunk), width) for chunk in column.chunks]
    return np.concatenate(chunks) if chunks else np.empty((0, width), dtype=column.type.value_type.to_pandas_dtype())
