from __future__ import annotations

from django.conf import settings
from django.db import transaction

from apps.accounts.actor import Actor
from apps.common.errors import BadUserInput, LimitExceeded
from apps.embeddings.models import EmbeddingSet, Metric
from apps.embeddings.neighbors import DEFAULT_NEIGHBORS, MOST_NEIGHBORS, stored_graph
from apps.jobs.models import Job
from apps.jobs.services import enqueue_job
from apps.projects import access
from apps.projects.cascades import delete_whole
from apps.projects.journal import record_audit, type_name

BYTES_OF_FLOAT32 = 4
# A neighbour's number and distance, as they are found and as they were.
BYTES_A_NEIGHBOR = 32


@transaction.atomic
def delete_embedding_set(*, actor: Actor, embedding_set: EmbeddingSet) -> None:
    """Delete the vectors and the maps made from them."""
    record_audit(
        actor=actor,
        project=embedding_set.dataset.project,
        action="deleted",
        target=embedding_set,
        before={
            "dataset": embedding_set.dataset.name,
            "layer": embedding_set.layer.name,
            "count": embedding_set.embedding_count,
        },
    )
    delete_whole(embedding_set)


@transaction.atomic
def compute_neighbors(
    *, actor: Actor, embedding_set: EmbeddingSet, metric: Metric, n_neighbors: int | None = None
) -> Job:
    """Make the graph of neighbours in a background job, or bring it up to date. Where that is being done, its job.

    By default as many neighbours as the graph has.
    """
    # Two that ask at once take turns, and the second gets the job of the first.
    access.lock(embedding_set.dataset.project)
    embedding_set = access.lock(embedding_set)
    graph = stored_graph(embedding_set, metric)
    wanted = n_neighbors if n_neighbors is not None else graph.n_neighbors if graph else DEFAULT_NEIGHBORS
    _check(embedding_set, wanted)
    parameters = {
        "embedding_set_id": str(embedding_set.pk),
        "metric": metric.value,
        "n_neighbors": wanted,
        "vectors_version": embedding_set.vectors.version,
    }
    project = embedding_set.dataset.project
    waiting = Job.objects.active().filter(project=project, kind="compute_neighbors", cancel_requested_at=None)
    same = waiting.filter(target_type=type_name(embedding_set), target_id=str(embedding_set.pk), parameters=parameters)
    if (found := same.first()) is not None:
        return found
    job = enqueue_job(
        actor=actor,
        project=project,
        kind="compute_neighbors",
        title=f"Neighbours of {embedding_set}, {metric.value}",
        parameters=parameters,
        target=embedding_set,
    )
    after = {"metric": metric.value, "n_neighbors": wanted, "count": embedding_set.embedding_count}
    record_audit(actor=actor, project=project, action="neighbors_started", target=embedding_set, after=after)
    return job


def checked_metric(name: str) -> Metric:
    if name not in Metric.values:
        raise BadUserInput(
            f"There is no metric {name[:80]!r}; choose one of {', '.join(Metric.values)}.", field="metric"
        )
    return Metric(name)


def _check(embedding_set: EmbeddingSet, n_neighbors: int) -> None:
    if not 2 <= n_neighbors <= MOST_NEIGHBORS:
        raise BadUserInput(
            f"neighborCount must be from 2 to {MOST_NEIGHBORS}, the datapoint itself included, not {n_neighbors}.",
            field="neighborCount",
        )
    count = embedding_set.embedding_count
    if not count:
        raise BadUserInput("This embedding set has no vectors.", field="embeddingSetId")
    needed = count * (embedding_set.dimension * BYTES_OF_FLOAT32 + n_neighbors * BYTES_A_NEIGHBOR)
    if needed > settings.CHROMA_JOB_MEMORY:
        raise LimitExceeded(
            f"The vectors and neighbours of {count:,} datapoints take {needed / 2**30:.1f} GiB; a job may use "
            f"{settings.CHROMA_JOB_MEMORY / 2**30:.1f} GiB on this server. Choose fewer neighbours, or let the "
            "operator raise CHROMA_JOB_MEMORY.",
            field="neighborCount",
        )
