"""Neighbours of large embedding sets, found by all workers of the installation: a part of the job for each cell."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from apps.datasets.bitmaps import Rows
from apps.datasets.columns import ColumnReader
from apps.embeddings.models import EmbeddingSet, Metric
from apps.embeddings.neighbors import Neighbors, places_of
from apps.jobs.health import count_workers
from apps.jobs.run import JobRun

KIND = "find_neighbors_in_cell"
PLAN = "apps.embeddings.compute.cells:plan_cells"
FIND = "apps.embeddings.compute.shards:find_in_cell"
JOIN = "apps.embeddings.compute.shards:join_cells"
PHASE = "Finding neighbours"
# By the number of vectors alone, so that the neighbours do not depend on how many workers there are.
FEWEST_CELLS = 8
CELLS_A_THRESHOLD = 6
# Of the memory of a job, what all vectors may take where the joined lists are refined.
SHARE_OF_MEMORY = 0.5
ROUNDS = 1
ROWS_A_BLOCK = 8192


def is_in_parts(run: JobRun, n: int, metric: Metric) -> bool:
    """Whether this job is, or should be, split: many vectors, several workers, and a metric that cells make sense for.

    The nearest by "dot" are the longest vectors, wherever they lie.
    """
    is_large = n >= settings.CHROMA_SHARD_ROWS and metric != Metric.DOT
    return bool(run.parts(KIND)) or (is_large and count_workers() > 1)


def find_in_parts(
    run: JobRun,
    embedding_set: EmbeddingSet,
    vectors: NDArray[Any],
    rows: Rows,
    *,
    version: int,
    metric: Metric,
    n_neighbors: int,
) -> Neighbors:
    """The neighbours of all vectors: ends this attempt at the job the first time, and joins its parts the second."""
    parts = run.parts(KIND)
    if not parts:
        _split(run, embedding_set, vectors, rows, version, metric, n_neighbors)
    pieces: list[NDArray[Any]] = []
    for part in parts:
        run.progress("Fetching the neighbours of the cells", len(pieces) // 3, len(parts))
        cell = run.fetch(run.job, f"cell {part.parameters['part']}")
        # Places in the vectors as they are now: datapoints may have been deleted since.
        pieces += [places_of(np.asarray(cell), rows), run.fetch(part, "indices"), run.fetch(part, "distances")]
    fits = vectors.shape[0] * vectors.shape[1] * 4 <= SHARE_OF_MEMORY * settings.CHROMA_JOB_MEMORY
    width, rounds = min(n_neighbors, len(rows)), ROUNDS if fits else 0
    found = run.compute(JOIN, vectors, *pieces, phase=PHASE, n_neighbors=width, metric=metric, n_iterations=rounds)
    return Neighbors(rows, np.asarray(found["indices"]), np.asarray(found["distances"]), float(found["recall"]))


def find_in_cell(run: JobRun, embedding_set: EmbeddingSet, *, version: int, metric: Metric, n_neighbors: int) -> None:
    """A part: the neighbours of one cell's vectors among themselves, handed over to the whole."""
    assert run.job.parent is not None
    rows = np.asarray(run.fetch(run.job.parent, f"cell {run.job.parameters['part']}"))
    reader = ColumnReader(embedding_set.vectors, version=version)
    dtype = np.result_type(np.float32, embedding_set.vectors.dtype)
    vectors = run.scratch.array((len(rows), embedding_set.dimension), dtype)
    for start in range(0, len(rows), ROWS_A_BLOCK):
        # Not counted: the work of a part is its search.
        run.progress("Reading the vectors")
        block = slice(start, start + ROWS_A_BLOCK)
        vectors[block] = reader.read(rows[block]).values
    found = run.compute(FIND, vectors, phase=PHASE, n_neighbors=n_neighbors, metric=metric)
    run.hand_over({name: np.asarray(found[name]) for name in ("indices", "distances")})


def _split(
    run: JobRun,
    embedding_set: EmbeddingSet,
    vectors: NDArray[Any],
    rows: Rows,
    version: int,
    metric: Metric,
    n_neighbors: int,
) -> None:
    wanted = max(FEWEST_CELLS, -(-CELLS_A_THRESHOLD * len(rows) // settings.CHROMA_SHARD_ROWS))
    cells = run.compute(PLAN, vectors, phase="Cutting the vectors into cells", n_cells=wanted, metric=metric)
    parts = np.split(rows[cells["rows"]], cells["starts"][1:-1])
    same = {
        "embedding_set_id": str(embedding_set.pk),
        "vectors_version": version,
        "metric": metric.value,
        "n_neighbors": n_neighbors,
    }
    handed = {f"cell {number}": part for number, part in enumerate(parts, start=1)}
    run.split(KIND, [same] * len(parts), handed=handed)
