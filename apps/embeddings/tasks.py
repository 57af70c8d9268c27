from __future__ import annotations

from apps.common.errors import NotFound
from apps.embeddings.models import EmbeddingSet
from apps.embeddings.neighbor_finding import find_neighbors, read_vectors
from apps.embeddings.neighbors import MOST_NEIGHBORS
from apps.embeddings.services import checked_metric
from apps.jobs.models import Lane
from apps.jobs.registry import job
from apps.jobs.run import JobRun


@job("compute_neighbors", lane=Lane.HEAVY)
def compute_neighbors(run: JobRun) -> None:
    """Make the neighbours of an embedding set, or bring them up to date. Starting again finds what was stored."""
    sets = EmbeddingSet.objects.select_related("dataset__project", "vectors")
    embedding_set = run.parameters.row("embedding_set_id", sets)
    if embedding_set is None:
        raise NotFound("The embedding set was deleted meanwhile.")
    metric = checked_metric(run.parameters.text("metric"))
    n_neighbors = run.parameters.integer("n_neighbors", 2, MOST_NEIGHBORS)
    version = run.parameters.integer("vectors_version", 0, embedding_set.vectors.version)
    vectors, rows = read_vectors(run, embedding_set, version)
    if not len(rows):
        raise NotFound("The embedding set has no vectors any more.")
    found = find_neighbors(run, embedding_set, vectors, rows, version=version, metric=metric, n_neighbors=n_neighbors)
    run.log(f"{found.indices.shape[1]} neighbours of {len(rows):,} datapoints, {found.recall:.1%} of the true ones.")
