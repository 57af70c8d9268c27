"""Whether columns are as long as their rows say."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pyroaring import BitMap

from apps.analysis.models import ScoreSet
from apps.datasets import bitmaps
from apps.datasets.columns.codec import TEXT_DTYPE, row_bytes, vector_width
from apps.datasets.models import Column
from apps.embeddings.models import EmbeddingSet
from apps.projections.models import ProjectionArray
from chroma_site.keeping.doctor.findings import Finding, problem

ADVICE = "Keep a backup and report it with this output; reads of these values may fail."


def check_columns() -> Iterator[Finding]:
    columns = Column.objects.filter(dataset__deleted_at=None).select_related("dataset__project")
    for column in columns.iterator():
        for told in _faults(column):
            where = f"{column.dataset.project}, dataset “{column.dataset.name}”, column {column.pk} ({column.kind})"
            yield problem(f"{where}: {told}.", ADVICE)


def check_sets() -> Iterator[Finding]:
    """Embedding and score sets count the values of their columns; the arrays of a map are of one length."""
    for embedding_set in (
        EmbeddingSet.objects.filter(dataset__deleted_at=None).select_related("vectors", "layer", "dataset").iterator()
    ):
        count = len(bitmaps.load(embedding_set.vectors.present))
        if count != embedding_set.embedding_count:
            yield problem(f"{embedding_set}: counts {embedding_set.embedding_count:,}, has {count:,} vectors.", ADVICE)
    for score_set in ScoreSet.objects.filter(dataset__deleted_at=None).select_related("column").iterator():
        count = len(bitmaps.load(score_set.column.present))
        if count != score_set.score_count:
            yield problem(f"Scores “{score_set}”: counts {score_set.score_count:,}, has {count:,}.", ADVICE)
    for array in ProjectionArray.objects.select_related("projection_set").iterator():
        expected = array.projection_set.projection_count * np.dtype(array.dtype).itemsize
        if array.size != expected:
            told = f"its array {array.name} has {array.size:,} bytes instead of {expected:,}"
            yield problem(f"Map “{array.projection_set}”: {told}.", ADVICE)


def _faults(column: Column) -> Iterator[str]:
    present = BitMap()
    for segment in column.segments.order_by("version", "id").iterator(chunk_size=200):
        rows = bitmaps.load(segment.rows)
        if len(rows) != segment.row_count:
            yield f"a segment counts {segment.row_count:,} rows and has {len(rows):,}"
        if segment.path and segment.dtype != TEXT_DTYPE:
            expected = len(rows) * row_bytes(segment.dtype, vector_width(column))
            if segment.size != expected:
                yield f"a segment of {len(rows):,} rows has {segment.size:,} bytes instead of {expected:,}"
        if segment.version > column.version:
            yield f"a segment is of version {segment.version:,}, the column of {column.version:,}"
        present = (present | rows) - bitmaps.load(segment.cleared)
    if present != bitmaps.load(column.present):
        yield f"its segments have values of {len(present):,} rows, its bitmap {len(bitmaps.load(column.present)):,}"
    if present and present.max() >= column.dataset.next_row:
        yield "it has values of rows that were never given"
