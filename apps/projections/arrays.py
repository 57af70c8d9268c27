"""The arrays of a finished map, in member order: source, row, x, y, and what else is known of each place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.common.errors import Conflict
from apps.projections.models import ProjectionArray, ProjectionSet
from apps.projections.vectors import Members
from apps.storage.files import WrittenFile, folder_of, read_file, read_ranges, write_file

DTYPES = {"source": "<u2", "row": "<u4", "x": "<f4", "y": "<f4", "z": "<f4", "preservation": "<f4", "moved": "<f4"}
# Those that every map has.
PLACES = ("source", "row", "x", "y")
AXES = ("x", "y", "z")
Files = dict[str, WrittenFile]


def write_arrays(
    projection_set: ProjectionSet,
    members: Members,
    positions: NDArray[np.float32],
    columns: Mapping[str, NDArray[Any]] | None = None,
) -> Files:
    """Store the arrays as files: members, positions of two or three components, and columns (float32) by name.

    No row names them yet, so this stands outside the transaction.
    """
    axes = dict(zip(AXES, positions.T, strict=False))
    arrays = {"source": members.source, "row": members.row, **axes, **(columns or {})}
    folder = folder_of(projection_set.project_id)
    return {
        name: write_file(folder, np.ascontiguousarray(column, dtype=DTYPES[name]).tobytes())
        for name, column in arrays.items()
    }


def name_arrays(projection_set: ProjectionSet, files: Files) -> None:
    """Write the rows that name the files."""
    ProjectionArray.objects.bulk_create(
        ProjectionArray(
            projection_set=projection_set,
            name=name,
            dtype=np.dtype(DTYPES[name]).name,
            path=file.path,
            size=file.size,
            sha256=file.sha256,
        )
        for name, file in files.items()
    )


def read_arrays(projection_set: ProjectionSet, *names: str) -> list[NDArray[Any]]:
    """Whole arrays, by name."""
    stored = _stored(projection_set)
    return [np.frombuffer(read_file(stored[name]), dtype=DTYPES[name]) for name in names]


def read_slice(projection_set: ProjectionSet, start: int, count: int) -> dict[str, NDArray[Any]]:
    """A short piece of the arrays that every map has."""
    stored = _stored(projection_set)
    pieces = {}
    for name in PLACES:
        form = DTYPES[name]
        size = np.dtype(form).itemsize
        [content] = read_ranges(stored[name], [(start * size, count * size)])
        pieces[name] = np.frombuffer(content, dtype=form)
    return pieces


def names_of(projection_set: ProjectionSet) -> set[str]:
    """Which arrays the map has; none before it is finished."""
    return {array.name for array in projection_set.arrays.all()}


def _stored(projection_set: ProjectionSet) -> dict[str, ProjectionArray]:
    if projection_set.finished_at is None:
        raise Conflict("This map is not finished; see its job.")
    return {array.name: array for array in projection_set.arrays.all()}
