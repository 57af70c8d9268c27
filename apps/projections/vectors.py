"""The vectors of a map's sources as one array, and which datapoint each row of it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.datasets import bitmaps
from apps.datasets.bitmaps import Rows
from apps.datasets.columns import iter_column, present_rows
from apps.embeddings.roles import rows_in_role
from apps.jobs.run import JobRun
from apps.projections.models import ProjectionSet, ProjectionSource


@dataclass(frozen=True)
class Members:
    """Which datapoints are on a map, in the order of its positions."""

    source: NDArray[np.uint16]
    row: NDArray[np.uint32]


def read_vectors(run: JobRun, sources: list[ProjectionSource], role: str = "") -> tuple[NDArray[Any], Members]:
    """Read all vectors at the versions that the sources pin, source after source, block by block.

    Those of datapoints that are gone since are left out, and with a role those of the other one.
    """
    wanted = [_wanted_rows(source, role) for source in sources]
    counts = [len(rows) for rows in wanted]
    total = sum(counts)
    dtype = np.result_type(np.float32, *(source.embedding_set.vectors.dtype for source in sources))
    vectors = run.scratch.array((total, sources[0].embedding_set.dimension), dtype)
    filled = 0
    for source, rows in zip(sources, wanted, strict=True):
        is_wanted = np.zeros(source.embedding_set.dataset.next_row, dtype=np.bool_)
        is_wanted[rows] = True
        for block_rows, block in iter_column(source.embedding_set.vectors, version=source.vectors_version):
            run.progress("Reading the vectors", filled, total)
            chosen = block[is_wanted[block_rows]]
            vectors[filled : filled + len(chosen)] = chosen
            filled += len(chosen)
    codes = np.repeat(np.array([source.position for source in sources], dtype=np.uint16), counts)
    return vectors, Members(source=codes, row=np.concatenate(wanted))


def count_objects(projection_set: ProjectionSet, members: Members) -> int:
    """How many of a map's datapoints are objects."""
    sources = projection_set.sources.select_related("embedding_set__dataset")
    objects = {source.position: bitmaps.load(source.embedding_set.dataset.object_rows) for source in sources}
    rows = {position: bitmaps.of_rows(members.row[members.source == position]) for position in objects}
    return sum(len(rows[position] & objects[position]) for position in objects)


def _wanted_rows(source: ProjectionSource, role: str) -> Rows:
    embedding_set = source.embedding_set
    present = present_rows(embedding_set.vectors, source.vectors_version) & bitmaps.load(embedding_set.dataset.alive)
    return bitmaps.rows_of(rows_in_role(present, embedding_set.dataset, role))
