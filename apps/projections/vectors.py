"""The vectors of a map's sources as one array, and which datapoint each row of it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.datasets.columns import iter_column, present_rows
from apps.jobs.run import JobRun
from apps.projections.models import ProjectionSource


@dataclass(frozen=True)
class Members:
    """Which datapoints are on a map, in the order of its positions."""

    source: NDArray[np.uint16]
    row: NDArray[np.uint32]


def read_vectors(run: JobRun, sources: list[ProjectionSource]) -> tuple[NDArray[Any], Members]:
    """Read all vectors at the versions that the sources pin, source after source, block by block."""
    counts = [len(present_rows(source.embedding_set.vectors, source.vectors_version)) for source in sources]
    total = sum(counts)
    dtype = np.result_type(np.float32, *(source.embedding_set.vectors.dtype for source in sources))
    vectors = run.scratch.array((total, sources[0].embedding_set.dimension), dtype)
    rows = np.empty(total, dtype=np.uint32)
    filled = 0
    for source in sources:
        for block_rows, block in iter_column(source.embedding_set.vectors, version=source.vectors_version):
            run.progress("Reading the vectors", filled, total)
            vectors[filled : filled + len(block)] = block
            rows[filled : filled + len(block)] = block_rows
            filled += len(block)
    codes = np.repeat(np.array([source.position for source in sources], dtype=np.uint16), counts)
    return vectors, Members(source=codes, row=rows)
