"""Turns what callers have into an array of floats of the right shape, or says what is wrong. No value is changed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from chroma_sdk._errors import InvalidArgument
from chroma_sdk._strings import from_tensor

LONGEST_VECTOR = 16_384
ROWS_AT_ONCE = 65_536


def as_vectors(values: Any, n: int) -> np.ndarray[Any, Any]:
    """Return embeddings as an array of shape (n, d) of float16, float32 or float64, bit for bit as given."""
    vectors = as_matrix("embeddings", values)
    if vectors.ndim != 2 or vectors.shape[0] != n:
        raise InvalidArgument("embeddings", f"got shape {vectors.shape}, wanted ({n}, d): one vector for each key.")
    if vectors.dtype not in (np.float16, np.float32, np.float64):
        allowed = "float16, float32 or float64"
        raise InvalidArgument("embeddings", f"got {vectors.dtype}, wanted {allowed}: try embeddings.astype('float32').")
    if not 2 <= vectors.shape[1] <= LONGEST_VECTOR:
        raise InvalidArgument(
            "embeddings", f"got {vectors.shape[1]:,} numbers a vector, wanted 2 to {LONGEST_VECTOR:,}."
        )
    check_finite("embeddings", vectors)
    return vectors


def as_confidences(values: Any, n: int) -> pa.Array:
    """Return confidences as float32 in 0 to 1; None and NaN leave what is stored."""
    values = from_tensor(values)
    if isinstance(values, (pa.Array, pa.ChunkedArray)):
        values = values.to_numpy(zero_copy_only=False) if isinstance(values, pa.Array) else values.to_numpy()
    try:
        numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as problem:
        raise InvalidArgument("confidences", f"wanted numbers from 0 to 1 ({problem}).") from problem
    if numbers.shape != (n,):
        raise InvalidArgument("confidences", f"got shape {numbers.shape}, wanted ({n},).")
    given = ~np.isnan(numbers)
    wrong = given & ~((numbers >= 0) & (numbers <= 1 + 1e-6))
    if wrong.any():
        row = int(np.argmax(wrong))
        raise InvalidArgument("confidences", f"row {row} is {numbers[row]:g}, wanted a number from 0 to 1.")
    return pa.array(np.minimum(numbers, 1).astype(np.float32), mask=~given)


def as_probabilities(values: Any, n: int, n_classes: int) -> np.ndarray[Any, Any]:
    """Return class probabilities as float32 of shape (n, n_classes), each from 0 to 1."""
    found = as_matrix("probabilities", values)
    if found.shape != (n, n_classes):
        raise InvalidArgument("probabilities", f"got shape {found.shape}, wanted ({n}, {n_classes}): keys by classes.")
    if found.dtype.kind != "f":
        raise InvalidArgument("probabilities", f"got {found.dtype}, wanted floats from 0 to 1.")
    check_finite("probabilities", found)
    if n and (found.min() < 0 or found.max() > 1 + 1e-5):
        row, column = np.argwhere((found < 0) | (found > 1 + 1e-5))[0]
        raise InvalidArgument(
            "probabilities", f"row {row}, column {column} is {found[row, column]:g}, wanted a number from 0 to 1."
        )
    # Softmax in float32 may end a hair above 1.
    capped: np.ndarray[Any, Any] = np.minimum(found.astype(np.float32), np.float32(1))
    return capped


def as_matrix(argument: str, values: Any) -> np.ndarray[Any, Any]:
    """Return the values as a numpy array in native byte order and row order, without a copy where possible."""
    values = from_tensor(values)
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if isinstance(values, pa.FixedSizeListArray) and not values.null_count:
        return np.asarray(values.flatten().to_numpy(zero_copy_only=False)).reshape(len(values), -1)
    if isinstance(values, pa.Array):
        values = values.to_pylist() if values.null_count else values.to_numpy(zero_copy_only=False)
    if not isinstance(values, np.ndarray) and hasattr(values, "to_numpy"):
        values = values.to_numpy()
    if not isinstance(values, np.ndarray) or values.dtype == object:
        values = _stacked(argument, values)
    return np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("="))


def check_finite(argument: str, matrix: np.ndarray[Any, Any]) -> None:
    """Raise for the first NaN or infinity, naming its row and column."""
    for start in range(0, len(matrix), ROWS_AT_ONCE):
        finite = np.isfinite(matrix[start : start + ROWS_AT_ONCE])
        if not finite.all():
            row, column = np.argwhere(~finite)[0]
            value = matrix[start + row, column]
            raise InvalidArgument(argument, f"row {start + row}, column {column} is {value}; numbers must be finite.")


def _stacked(argument: str, values: Any) -> np.ndarray[Any, Any]:
    """Stack one vector per row; the first row that does not fit is named."""
    try:
        rows = [np.asarray(from_tensor(row)) for row in values]
    except (TypeError, ValueError) as problem:
        raise InvalidArgument(argument, f"wanted one row of numbers for each key ({problem}).") from problem
    if not rows:
        return np.empty((0, 0), dtype=np.float32)
    for number, row in enumerate(rows):
        if row.ndim != 1 or row.dtype.kind not in "fiu":
            raise InvalidArgument(argument, f"row {number} is not a row of numbers.")
        if row.shape != rows[0].shape:
            raise InvalidArgument(argument, f"row {number} has {row.size} numbers, but row 0 has {rows[0].size}.")
    return np.stack(rows)
