"""What is said of maps beside their stored facts."""

from __future__ import annotations

from apps.datasets import bitmaps
from apps.datasets.columns import present_rows
from apps.datasets.columns.pieces import changed_rows
from apps.datasets.models import DatapointRole
from apps.embeddings.roles import rows_in_role
from apps.projections.models import ProjectionSet, ProjectionSource

SOURCES_WITH_VECTORS = "sources_with_vectors"


def is_stale(projection_set: ProjectionSet) -> bool:
    """Whether vectors were logged or removed since the map was made, of datapoints that it would show."""
    sources = getattr(projection_set, SOURCES_WITH_VECTORS, None)
    if sources is None:
        sources = projection_set.sources.select_related("embedding_set__vectors", "embedding_set__dataset")
    return any(_is_outdated(source) and _concerns(projection_set.role, source) for source in sources)


def new_datapoint_count(source: ProjectionSource) -> int:
    """How many datapoints of the embedding set, in the map's role, are not on the map."""
    if not _is_outdated(source):
        return 0
    embedding_set = source.embedding_set
    new = present_rows(embedding_set.vectors) - present_rows(embedding_set.vectors, source.vectors_version)
    return len(rows_in_role(new, embedding_set.dataset, source.projection_set.role))


def _is_outdated(source: ProjectionSource) -> bool:
    """Whether any vectors changed since the map was made."""
    return source.embedding_set.vectors.version > source.vectors_version


def _concerns(role: str, source: ProjectionSource) -> bool:
    """Whether the change touches datapoints of the role. Objects that are gone count as objects still."""
    if not role:
        return True
    dataset = source.embedding_set.dataset
    changed = changed_rows(source.embedding_set.vectors, source.vectors_version)
    contexts = rows_in_role(changed & bitmaps.load(dataset.alive), dataset, DatapointRole.CONTEXT)
    return bool(changed - contexts if role == DatapointRole.OBJECT else contexts)
