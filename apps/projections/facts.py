"""What is said of maps beside their stored facts."""

from __future__ import annotations

from apps.datasets.columns import present_rows
from apps.projections.models import ProjectionSet, ProjectionSource

SOURCES_WITH_VECTORS = "sources_with_vectors"


def is_stale(projection_set: ProjectionSet) -> bool:
    """Whether vectors were logged since the map was made, into any of its sources."""
    sources = getattr(projection_set, SOURCES_WITH_VECTORS, None)
    if sources is None:
        sources = projection_set.sources.select_related("embedding_set__vectors")
    return any(is_outdated(source) for source in sources)


def is_outdated(source: ProjectionSource) -> bool:
    """Whether vectors were logged since the map was made."""
    return source.embedding_set.vectors.version > source.vectors_version


def new_datapoint_count(source: ProjectionSource) -> int:
    """How many datapoints of the embedding set are not on the map."""
    if not is_outdated(source):
        return 0
    column = source.embedding_set.vectors
    return len(present_rows(column) - present_rows(column, source.vectors_version))
