"""Reads a Parquet file as the arguments of `Dataset.log_objects`: columns are known by their names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from chroma_sdk._errors import InvalidArgument
from chroma_sdk._table import is_plain, read_table

KNOWN_COLUMNS = {
    "parents": ("parent", "image", "image_id"),
    "keys": ("key", "id"),
    "labels": ("label",),
    "inferences": ("inference", "prediction"),
    "confidences": ("confidence", "score"),
    "embeddings": ("embedding", "vector"),
}
CORNERS = (("x", "y", "width", "height"), ("x0", "y0", "x1", "y1"), ("x1", "y1", "x2", "y2"))


def read_object_arguments(path: Path) -> dict[str, Any]:
    """Return the arguments that the file holds; columns that are no argument of their own are metadata."""
    table = read_table(path)
    names = table.column_names
    chosen = {
        argument: next(name for name in candidates if name in names)
        for argument, candidates in KNOWN_COLUMNS.items()
        if set(candidates) & set(names)
    }
    if "parents" not in chosen:
        raise InvalidArgument("parents", f"{path.name} has no column parent; it has {', '.join(names)}.")
    used = set(chosen.values())
    arguments: dict[str, Any] = {argument: table.column(column) for argument, column in chosen.items()}
    if "box" in names:
        arguments["boxes"] = np.array(table.column("box").to_pylist(), dtype=np.float64)
        used.add("box")
    else:
        four = next((corners for corners in CORNERS if set(corners) <= set(names)), None)
        if four is None:
            raise InvalidArgument("boxes", f"{path.name} has neither box nor x, y, width, height: {', '.join(names)}.")
        arguments["boxes"] = np.column_stack([table.column(name).to_numpy() for name in four])
        used |= set(four)
    rest = [name for name in names if name not in used and is_plain(table.schema.field(name))]
    if rest:
        arguments["metadata"] = table.select(rest)
    return arguments
