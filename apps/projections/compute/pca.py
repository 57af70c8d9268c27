"""PCA: positions along the directions in which the vectors differ most."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.linalg import LinearOperator, eigsh

from apps.common.compute.progress import Callback, report
from apps.embeddings.compute.vectors import ROWS_A_CHUNK, check_vectors

FEWEST = 2
# Up to this dimension the covariance matrix is computed whole; beyond it only its products with vectors.
LARGEST_COVARIANCE = 4096


def pca(vectors: NDArray[Any], *, n_components: int = 2, callback: Callback | None = None) -> NDArray[np.float32]:
    """Project vectors on their first principal components.

    The result is exact (no sampling) and the same on every run: each component points to where its largest loading is
    positive.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        Finite floats; at least 2 rows. They are read in chunks, so a memory map will do.
    n_components : int, default=2
        How many components, 1 or more.
    callback : callable or None, default=None
        Called as ``callback(phase, fraction, positions)``; returning False cancels.

    Returns
    -------
    ndarray of shape (n, n_components) and dtype float32
        Positions in the order of the vectors, in the units of the vectors. Columns beyond d are 0.

    Raises
    ------
    ValueError
        Where the vectors cannot be used.
    Cancelled
        Where the callback returned False.
    """
    report(callback, "Checking the vectors")
    check_vectors(vectors, at_least=FEWEST)
    mean: NDArray[np.float64] = np.asarray(np.mean(vectors, axis=0, dtype=np.float64))
    components = _components(vectors, mean, n_components, callback)
    positions = np.zeros((len(vectors), n_components), dtype=np.float64)
    for start, chunk in _chunks(vectors, mean, callback, "Placing the datapoints"):
        positions[start : start + len(chunk), : components.shape[1]] = chunk @ components
    with np.errstate(over="ignore"):
        result = positions.astype(np.float32)
    if not np.isfinite(result).all():
        raise ValueError("The vectors are so large that their positions leave the range of float32; scale them down.")
    return result


def _components(
    vectors: NDArray[Any], mean: NDArray[np.float64], n_components: int, callback: Callback | None
) -> NDArray[np.float64]:
    dimension = vectors.shape[1]
    if dimension <= LARGEST_COVARIANCE:
        covariance = np.zeros((dimension, dimension))
        for _, chunk in _chunks(vectors, mean, callback, "Measuring the spread"):
            covariance += chunk.T @ chunk
        components = np.linalg.eigh(covariance)[1][:, ::-1][:, :n_components]
    else:
        components = _leading_components(vectors, mean, n_components, callback)
    largest = np.abs(components).argmax(axis=0)
    signs = np.sign(components[largest, np.arange(components.shape[1])])
    turned: NDArray[np.float64] = components * np.where(signs == 0, 1, signs)
    return turned


def _leading_components(
    vectors: NDArray[Any], mean: NDArray[np.float64], n_components: int, callback: Callback | None
) -> NDArray[np.float64]:
    """Find the leading eigenvectors of a covariance matrix that is too large to write down."""
    dimension = vectors.shape[1]

    def covariance_times(vector: NDArray[np.float64]) -> NDArray[np.float64]:
        product = np.zeros(dimension)
        for _, chunk in _chunks(vectors, mean, callback, "Measuring the spread"):
            product += chunk.T @ (chunk @ vector.ravel())
        return product

    operator = LinearOperator((dimension, dimension), matvec=covariance_times, dtype=np.float64)
    values, components = eigsh(operator, k=n_components, which="LA", v0=np.linspace(1, 2, dimension))
    ordered: NDArray[np.float64] = components[:, np.argsort(values)[::-1]]
    return ordered


def _chunks(vectors: NDArray[Any], mean: NDArray[np.float64], callback: Callback | None, phase: str) -> Any:
    """Give the centred vectors in float64, some thousand rows at a time, each with the row that it starts at."""
    for start in range(0, len(vectors), ROWS_A_CHUNK):
        report(callback, phase, start / len(vectors))
        yield start, vectors[start : start + ROWS_A_CHUNK].astype(np.float64) - mean
