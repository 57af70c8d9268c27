"""Reads a Parquet file as the arguments of `Dataset.log`: columns are known by their names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from chroma_sdk._errors import InvalidArgument

# Which columns are taken for which argument; the first that is there counts.
KNOWN_COLUMNS = {
    "keys": ("key", "id"),
    "texts": ("text",),
    "uris": ("uri",),
    "files": ("file", "path"),
    "labels": ("label",),
    "inferences": ("inference", "prediction"),
    "confidences": ("confidence",),
    "embeddings": ("embedding", "vector"),
}


def read_vectors(path: Path) -> Any:
    """Return the array in a NumPy file, not read into memory before it is needed."""
    try:
        return np.load(path, mmap_mode="r", allow_pickle=False)
    except (ValueError, OSError, EOFError):
        raise InvalidArgument("vectors", f"{path.name!r} is no NumPy file (.npy) of plain numbers.") from None


def read_arguments(path: Path, columns: dict[str, str] | None = None) -> dict[str, Any]:
    """Return the arguments that a Parquet file holds.

    Parameters
    ----------
    path : Path
    columns : dict, optional
        Which column is which argument, where the names say it otherwise, such as ``{"keys": "image_id"}``.

    Returns
    -------
    arguments : dict
        For `Dataset.log`. Columns that are no argument of their own are metadata; paths of files count from the folder
        of the Parquet file.
    """
    table = read_table(path)
    chosen = _choose(table.column_names, columns or {})
    if "keys" not in chosen:
        raise InvalidArgument("keys", f"{path.name} has no column key or id; it has {', '.join(table.column_names)}.")
    arguments: dict[str, Any] = {argument: table.column(column) for argument, column in chosen.items()}
    if "files" in arguments:
        arguments["files"] = [file and path.parent / file for file in arguments["files"].to_pylist()]
    rest = [name for name in table.column_names if name not in chosen.values() and is_plain(table.schema.field(name))]
    if rest:
        arguments["metadata"] = table.select(rest)
    return arguments


def read_table(path: Path) -> Any:
    """Return a Parquet file as a pyarrow Table."""
    try:
        return pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as problem:
        raise InvalidArgument("file", f"{str(path)!r} is no Parquet file that can be read.") from problem


def is_plain(field: Any) -> bool:
    """Tell whether a column can be metadata."""
    return not pa.types.is_nested(field.type) and not pa.types.is_binary(field.type)


def _choose(names: list[str], columns: dict[str, str]) -> dict[str, str]:
    for argument, column in columns.items():
        if column not in names:
            raise InvalidArgument(argument, f"there is no column {column!r}; there are {', '.join(names)}.")
    chosen = dict(columns)
    for argument, candidates in KNOWN_COLUMNS.items():
        found = next((name for name in candidates if name in names and name not in chosen.values()), None)
        if found is not None:
            chosen.setdefault(argument, found)
    return chosen
