"""What is said of maps beside their stored facts."""

from __future__ import annotations

from apps.datasets.columns import present_rows
from apps.projections.models import ProjectionSource


def is_outdated(source: ProjectionSource) -> bool:
    """Whether vectors were logged since the map was made."""
    return source.embedding_set.vectors.version > source.vectors_version


def new_datapoint_count(source: ProjectionSource) -> int:
    """How many datapoints of the embedding set are not on the map."""
    if not is_outdated(source):
        return 0
    column = source.embedding_set.vectors
    return len(present_rows(column) - present_rows(column, source.vectors_version))
