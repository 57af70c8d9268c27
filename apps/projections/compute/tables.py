"""Vectors from files, and maps into them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

AXES = ("x", "y", "z", "u", "v")
KINDS = (".npy", ".parquet")


def read_vectors(path: Path, column: str | None = None) -> NDArray[Any]:
    """Read vectors from a .npy or .parquet file.

    Parameters
    ----------
    path : Path
        A .npy file holds an array of shape (n, d), which is mapped, not read. A .parquet file holds a column of lists
        of one length, or d columns of numbers.
    column : str or None, default=None
        The column of lists; None takes the only one, or all columns of numbers where there is none.

    Returns
    -------
    ndarray of shape (n, d)

    Raises
    ------
    ValueError
        Where there are no vectors in it.
    """
    if path.suffix == ".npy":
        try:
            array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
        except ValueError as problem:
            raise ValueError(f"{path} is no array of numbers: {problem}") from problem
        if array.dtype.kind not in "fiu":
            raise ValueError(f"{path} holds {array.dtype}, not numbers.")
        return array if array.dtype.kind == "f" else array.astype(np.float32)
    if path.suffix == ".parquet":
        return _from_table(path, column)
    raise ValueError(f"{path} must end in {' or '.join(KINDS)}.")


def write_positions(path: Path, positions: NDArray[np.float32]) -> None:
    """Write a map: to .npy as an array of shape (n, c), to .parquet as columns x, y and so on."""
    if path.suffix == ".npy":
        np.save(path, positions, allow_pickle=False)
    elif path.suffix == ".parquet":
        names = AXES[: positions.shape[1]]
        pq.write_table(pa.table({name: positions[:, at] for at, name in enumerate(names)}), path)
    else:
        raise ValueError(f"{path} must end in {' or '.join(KINDS)}.")


def _from_table(path: Path, column: str | None) -> NDArray[Any]:
    try:
        schema = pq.read_schema(path)
    except pa.ArrowInvalid as problem:
        raise ValueError(f"{path} is no Parquet file: {problem}") from problem
    lists = [field.name for field in schema if _is_list(field.type)]
    numbers = [field.name for field in schema if pa.types.is_floating(field.type) or pa.types.is_integer(field.type)]
    if column is None and len(lists) > 1:
        raise ValueError(f"{path} has several columns of lists ({', '.join(lists)}); name one with --column.")
    if column is not None and column not in lists:
        raise ValueError(f"{path} has no column of lists {column!r}; it has {', '.join(lists) or 'none'}.")
    if lists:
        return _stacked(pq.read_table(path, columns=[column or lists[0]]).column(0), path)
    if not numbers:
        raise ValueError(f"{path} has neither a column of lists nor columns of numbers.")
    table = pq.read_table(path, columns=numbers)
    if any(table.column(name).null_count for name in numbers):
        raise ValueError(f"{path} has rows without a value.")
    return np.stack([table.column(name).to_numpy().astype(np.float32) for name in numbers], axis=1)


def _stacked(lists: pa.ChunkedArray, path: Path) -> NDArray[Any]:
    joined = lists.combine_chunks()
    joined = joined if isinstance(joined, pa.Array) else pa.concat_arrays(joined.chunks)
    if joined.null_count:
        raise ValueError(f"{path} has rows without a vector.")
    values = joined.flatten()
    if len(joined) == 0 or len(values) % len(joined) or values.null_count:
        raise ValueError(f"The vectors in {path} must all have one length and no gaps.")
    if not pa.types.is_fixed_size_list(joined.type):
        lengths = np.diff(joined.offsets.to_numpy())
        if (lengths != lengths[0]).any():
            raise ValueError(
                f"The vectors in {path} must all have one length; they have {lengths.min()} to {lengths.max()}."
            )
    vectors: NDArray[Any] = values.to_numpy(zero_copy_only=False).reshape(len(joined), -1)
    return vectors


def _is_list(kind: pa.DataType) -> bool:
    if not (pa.types.is_fixed_size_list(kind) or pa.types.is_list(kind) or pa.types.is_large_list(kind)):
        return False
    return bool(pa.types.is_floating(kind.value_type) or pa.types.is_integer(kind.value_type))
