"""What must hold of columns, maps and files: lengths are counts, and every named file is what was written."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator

from django.core.files.storage import default_storage
from pyroaring import BitMap

from apps.analysis.models import ScoreSet
from apps.datasets import bitmaps
from apps.datasets.columns.codec import decode, vector_width
from apps.datasets.models import Column, Resource, Segment
from apps.embeddings.models import EmbeddingSet
from apps.projections.arrays import DTYPES, PLACES
from apps.projections.models import ProjectionGrowth, ProjectionSet
from apps.storage.files import stored_models


def broken_columns() -> Iterator[str]:
    for column in Column.objects.filter(dataset__deleted_at=None).select_related("dataset"):
        name, present = f"column {column.pk} of {column.dataset}", BitMap()
        for segment in Segment.objects.filter(column=column).order_by("version", "id"):
            yield from _broken_segment(name, column, segment)
            present = (present - bitmaps.load(segment.cleared)) | bitmaps.load(segment.rows)
        if present != bitmaps.load(column.present):
            yield f"{name}: its segments have {len(present)} values, it says {len(bitmaps.load(column.present))}"
        if max(present, default=-1) >= column.dataset.next_row:
            yield f"{name}: has a value in row {max(present)}, which the dataset never had"
    for found in EmbeddingSet.objects.filter(dataset__deleted_at=None).select_related("vectors", "dataset"):
        if found.dimension != found.vectors.width:
            yield f"embeddings {found}: {found.dimension} dimensions, their column has {found.vectors.width}"
        if found.embedding_count != len(bitmaps.load(found.vectors.present)):
            yield f"embeddings {found}: counts {found.embedding_count}"
    for scores in ScoreSet.objects.filter(dataset__deleted_at=None).select_related("column", "dataset"):
        count = len(bitmaps.load(scores.column.present) & bitmaps.load(scores.dataset.alive))
        if scores.score_count != count:
            yield f"scores {scores}: counts {scores.score_count}, but has {count}"


def broken_maps() -> Iterator[str]:
    """A finished map has its places and perhaps columns beside, of one length; another has none, but may grow."""
    for projection_set in ProjectionSet.objects.prefetch_related("arrays"):
        arrays = {array.name: array for array in projection_set.arrays.all()}
        least, most = (set(PLACES), set(DTYPES)) if projection_set.finished_at else (set(), set())
        if not least <= set(arrays) <= most:
            yield f"map {projection_set} has the arrays {sorted(arrays)}"
        if projection_set.finished_at and ProjectionGrowth.objects.filter(projection_set=projection_set).exists():
            yield f"map {projection_set} is finished and grows"
        for name, array in arrays.items():
            count = projection_set.projection_count
            if array.size != count * (2 if name == "source" else 4):
                yield f"map {projection_set}: {name} has {array.size} bytes for {count} points"


def broken_files() -> Iterator[str]:
    """Every row that names a file finds it, with the size and the checksum that it was written with."""
    for model in stored_models():
        by_path = defaultdict(list)
        for row in model._default_manager.exclude(path=""):
            by_path[row.path].append(row)
        for path, rows in by_path.items():
            name = f"the file of {model.__name__} {rows[0].pk}"
            if not default_storage.exists(path):
                yield f"{name} is missing"
                continue
            with default_storage.open(path) as handle:
                content = handle.read()
            for row in rows:
                start = row.offset if isinstance(row, Resource) else 0
                piece = content[start : start + row.size] if isinstance(row, Resource) else content
                if len(piece) != row.size or hashlib.sha256(piece).hexdigest() != row.sha256:
                    yield f"{name} is not what was written"


def _broken_segment(name: str, column: Column, segment: Segment) -> Iterator[str]:
    rows = bitmaps.load(segment.rows)
    if segment.version > column.version:
        yield f"{name}: a segment of version {segment.version}, the column is at {column.version}"
    if len(rows) != segment.row_count:
        yield f"{name}: a segment of {segment.row_count} rows names {len(rows)}"
    if segment.path and default_storage.exists(segment.path):
        with default_storage.open(segment.path) as handle:
            content = handle.read()
        try:
            count = len(decode(content, segment.dtype, vector_width(column)))
        except ValueError as problem:
            yield f"{name}: a segment cannot be read: {problem}"
        else:
            if count != len(rows):
                yield f"{name}: a segment holds {count} values for {len(rows)} rows"
