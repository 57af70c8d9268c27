from __future__ import annotations

from apps.common.errors import NotFound
from apps.embeddings.models import EmbeddingSet, Metric
from apps.embeddings.neighbor_finding import find_neighbors, read_vectors
from apps.embeddings.neighbors import MOST_NEIGHBORS
from apps.embeddings.services import checked_metric
from apps.embeddings.sharding import KIND as PART_KIND
from apps.embeddings.sharding import find_in_cell
from apps.jobs.models import Lane
from apps.jobs.registry import job
from apps.jobs.run import JobRun


@job("compute_neighbors", lane=Lane.HEAVY)
def compute_neighbors(run: JobRun) -> None:
    """Make the neighbours of an embedding set, or bring them up to date. Starting again finds what was stored."""
    embedding_set, version, metric, n_neighbors = _asked_for(run)
    vectors, rows = read_vectors(run, embedding_set, version)
    if not len(rows):
        raise NotFound("The embedding set has no vectors any more.")
    found = find_neighbors(run, embedding_set, vectors, rows, version=version, metric=metric, n_neighbors=n_neighbors)
    run.log(f"{found.indices.shape[1]} neighbours of {len(rows):,} datapoints, {found.recall:.1%} of the true ones.")


@job(PART_KIND, lane=Lane.HEAVY)
def find_neighbors_in_cell(run: JobRun) -> None:
    """A part of a large set's neighbours, for `compute_neighbors` or for a map."""
    embedding_set, version, metric, n_neighbors = _asked_for(run)
    find_in_cell(run, embedding_set, version=version, metric=metric, n_neighbors=n_neighbors)


def _asked_for(run: JobRun) -> tuple[EmbeddingSet, int, Metric, int]:
    sets = EmbeddingSet.objects.select_related("dataset__project", "vectors")
    embedding_set = run.parameters.row("embedding_set_id", sets)
    if embedding_set is None:
        raise NotFound("The embedding set was deleted meanwhile.")
    version = run.parameters.integer("vectors_version", 0, embedding_set.vectors.version)
    n_neighbors = run.parameters.integer("n_neighbors", 2, MOST_NEIGHBORS)
    return embedding_set, version, checked_metric(run.parameters.text("metric")), n_neighbors
