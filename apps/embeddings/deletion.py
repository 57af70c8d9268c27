"""What goes with what: embedding sets with their layer or dataset, vectors and neighbours with their embedding set."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from apps.datasets import bitmaps
from apps.datasets.models import Column, Dataset
from apps.datasets.removing import after_removing
from apps.embeddings.models import EmbeddingSet
from apps.embeddings.neighbor_storing import delete_graph
from apps.jobs.models import Job
from apps.jobs.services import request_cancel
from apps.lineage.models import Layer
from apps.projects.cascades import before_deleting, delete_whole


@before_deleting(Layer)
def delete_embedding_sets_of_layer(layer: Layer) -> None:
    for embedding_set in layer.embedding_sets.all():
        delete_whole(embedding_set)


@before_deleting(Dataset)
def delete_embedding_sets_of_dataset(dataset: Dataset) -> None:
    for embedding_set in dataset.embedding_sets.all():
        delete_whole(embedding_set)


@before_deleting(EmbeddingSet)
def cancel_jobs(embedding_set: EmbeddingSet) -> None:
    jobs = Job.objects.active().filter(project=embedding_set.dataset.project, kind="compute_neighbors")
    for job in jobs.filter(target_id=str(embedding_set.pk)):
        # Afterwards: whoever finishes the job locks its row before the project's, and we hold the project's by now.
        transaction.on_commit(partial(request_cancel, job))


@before_deleting(EmbeddingSet)
def delete_vectors(embedding_set: EmbeddingSet) -> None:
    Column.objects.filter(pk=embedding_set.vectors_id).delete()


@before_deleting(EmbeddingSet)
def delete_neighbors(embedding_set: EmbeddingSet) -> None:
    """Steps run from the last to the first: the neighbours go before the vectors."""
    for graph in embedding_set.neighbor_graphs.all():
        delete_graph(graph)


@after_removing
def count_vectors(dataset: Dataset) -> None:
    for embedding_set in dataset.embedding_sets.select_related("vectors"):
        embedding_set.embedding_count = len(bitmaps.load(embedding_set.vectors.present))
        embedding_set.save(update_fields=["embedding_count", "updated_at"])
