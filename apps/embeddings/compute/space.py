"""The working copy of vectors that the neighbour kernels compute on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from apps.embeddings.compute.vectors import ROWS_A_CHUNK

METRICS = ("euclidean", "cosine", "dot", "manhattan", "correlation")
# Kernels read whole registers: the working copy's rows end in zeros.
LANES = 16
# Beyond these, squares leave the range of float32 and the vectors are scaled.
LARGEST = 1e30
SMALLEST = 1e-24
ROWS_FOR_CENTRE = 4096

# Called between chunks; may raise to end the work.
Tell: TypeAlias = Callable[[], None]


@dataclass(frozen=True)
class Space:
    """Vectors such that one formula gives each metric.

    What the kernels compare is ``weights[i] + weights[j] - 2 * values[i] @ values[j]`` (a squared Euclidean distance
    up to a constant), or, where `manhattan`, the sum of absolute differences.
    """

    metric: str
    values: NDArray[np.float32]
    weights: NDArray[np.float32]
    # What the values were multiplied by, and what was subtracted before.
    scale: float
    centre: NDArray[np.float64]
    largest: float

    @property
    def manhattan(self) -> bool:
        """Whether kernels sum absolute differences."""
        return self.metric == "manhattan"

    @property
    def directions(self) -> bool:
        """Whether only the vectors' directions count."""
        return self.metric in ("cosine", "correlation")

    def like(self, vectors: NDArray[Any], tell: Tell | None = None) -> Space:
        """Bring vectors of the same dimension into this space: (m, d), read by chunks, `tell` called at each."""
        d = len(self.centre)
        values = np.zeros((len(vectors), self.values.shape[1]), dtype=np.float32)
        weights = np.ones(len(vectors), dtype=np.float32)
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            for start in range(0, len(vectors), ROWS_A_CHUNK):
                if tell is not None:
                    tell()
                rows = slice(start, start + ROWS_A_CHUNK)
                chunk = vectors[rows]
                if self.directions:
                    values[rows, :d] = _directions(chunk, start, centred=self.metric == "correlation")
                    continue
                if chunk.dtype != np.float32 or self.scale != 1:
                    chunk = (np.asarray(chunk, dtype=np.float64) - self.centre) * self.scale
                    values[rows, :d] = chunk
                else:
                    np.subtract(chunk, self.centre.astype(np.float32), out=values[rows, :d])
                weights[rows] = np.einsum("ij,ij->i", values[rows], values[rows])
        if self.metric == "dot" and self.largest:
            weights[:] = self.largest
        return replace(self, values=values, weights=weights)

    def rows(self, rows: NDArray[np.integer[Any]]) -> Space:
        """Take some of the rows."""
        return replace(self, values=self.values[rows], weights=self.weights[rows])

    def compared(self, distances: NDArray[np.float32]) -> NDArray[np.float32]:
        """Turn distances of the metric, but "dot", into what the kernels compare."""
        if self.directions:
            return distances * np.float32(2)
        scaled: NDArray[np.float32] = (distances * self.scale).astype(np.float32)
        return scaled * scaled if self.metric == "euclidean" else scaled

    def original(self, compared: NDArray[np.float32]) -> NDArray[np.float32]:
        """Turn what the kernels compare into distances of the metric, in place."""
        np.maximum(compared, 0, out=compared)
        if self.metric == "euclidean":
            np.sqrt(compared, out=compared)
        factor = 0.5 if self.directions else 0.5 / self.scale**2 if self.metric == "dot" else 1 / self.scale
        if factor != 1:
            with np.errstate(over="ignore"):
                compared *= np.float32(factor) if factor < LARGEST else factor
            np.minimum(compared, np.finfo(np.float32).max, out=compared)
        return compared


def prepare(
    vectors: NDArray[Any], metric: str, *, queries: NDArray[Any] | None = None, tell: Tell | None = None
) -> Space:
    """Make the working copy of vectors: (n, d) floats of any precision, in memory or mapped.

    Raises
    ------
    ValueError
        Where the metric is unknown or a vector holds NaN or an infinite value.
    """
    frame = _frame(vectors, metric)
    space = frame.like(vectors, tell)
    largest = float(space.weights.max(initial=0))
    if not frame.directions and not _is_fit(frame, largest, queries):
        frame = _scaled(frame, vectors, queries)
        space = frame.like(vectors, tell)
        largest = float(space.weights.max(initial=0))
    if metric == "dot":
        space.weights[:] = largest
    return replace(space, largest=largest)


def prepare_empty(vectors: NDArray[Any], metric: str, *, queries: NDArray[Any], tell: Tell | None = None) -> Space:
    """Make the space that vectors and queries fit in, without the working copy."""
    frame = _frame(vectors, metric)
    if frame.directions:
        return frame
    largest = _largest(frame, vectors, tell)
    if not _is_fit(frame, largest, queries):
        frame = _scaled(frame, vectors, queries)
        largest = _largest(frame, vectors, tell)
    return replace(frame, largest=largest)


def _frame(vectors: NDArray[Any], metric: str) -> Space:
    if metric not in METRICS:
        raise ValueError(f"metric must be one of {', '.join(METRICS)}, not {metric!r}.")
    n, d = vectors.shape
    centre = np.zeros(d)
    if metric in ("euclidean", "manhattan"):
        # Distances stay the same and lose fewer digits near the origin.
        centre = np.asarray(vectors[:: max(1, n // ROWS_FOR_CENTRE)], dtype=np.float64).mean(axis=0)
    width = -(-d // LANES) * LANES
    return Space(metric, np.empty((0, width), dtype=np.float32), np.empty(0, dtype=np.float32), 1.0, centre, 0.0)


def _largest(frame: Space, vectors: NDArray[Any], tell: Tell | None) -> float:
    chunks = range(0, len(vectors), ROWS_A_CHUNK)
    return max(float(frame.like(vectors[start : start + ROWS_A_CHUNK], tell).weights.max()) for start in chunks)


def _is_fit(frame: Space, largest: float, queries: NDArray[Any] | None) -> bool:
    """Say whether squares stay within the range of float32."""
    if queries is not None:
        largest = max(largest, float(frame.like(queries).weights.max(initial=0)))
    return SMALLEST < largest < LARGEST


def _scaled(frame: Space, *several: NDArray[Any] | None) -> Space:
    largest = 0.0
    for vectors in several:
        for start in range(0, 0 if vectors is None else len(vectors), ROWS_A_CHUNK):
            chunk = np.asarray(vectors[start : start + ROWS_A_CHUNK], dtype=np.float64)  # type: ignore[index]
            absolute = np.abs(chunk).max(axis=1)
            _refuse_infinite(absolute, start)
            largest = max(largest, float(absolute.max()))
    # Centred values may be twice as large as the largest.
    return replace(frame, scale=0.5 / largest if largest else 1.0)


def _directions(chunk: NDArray[Any], start: int, *, centred: bool) -> NDArray[Any]:
    """Divide vectors by their lengths; those without a direction become zero."""
    if chunk.dtype != np.float32 or centred:
        chunk = np.asarray(chunk, dtype=np.float64)
    largest = np.abs(chunk).max(axis=1, keepdims=True)
    _refuse_infinite(largest[:, 0], start)
    chunk = chunk / np.where(largest > 0, largest, 1)
    if centred:
        chunk = chunk - chunk.mean(axis=1, keepdims=True)
        # A constant vector, but for rounding.
        chunk[np.abs(chunk).max(axis=1) < 1e-6] = 0
    lengths = np.sqrt(np.einsum("ij,ij->i", chunk, chunk))[:, None]
    return np.asarray(chunk / np.where(lengths > 0, lengths, 1))


def _refuse_infinite(largest: NDArray[Any], start: int) -> None:
    finite = np.isfinite(largest)
    if not finite.all():
        raise ValueError(f"Vector {start + int(np.argmin(finite))} holds NaN or an infinite value.")
