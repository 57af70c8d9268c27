"""What goes with what: embedding sets with their layer or dataset, the column of vectors with its embedding set."""

from __future__ import annotations

from apps.datasets import bitmaps
from apps.datasets.models import Column, Dataset
from apps.datasets.removing import after_removing
from apps.embeddings.models import EmbeddingSet
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
def delete_vectors(embedding_set: EmbeddingSet) -> None:
    Column.objects.filter(pk=embedding_set.vectors_id).delete()


@after_removing
def count_vectors(dataset: Dataset) -> None:
    for embedding_set in dataset.embedding_sets.select_related("vectors"):
        embedding_set.embedding_count = len(bitmaps.load(embedding_set.vectors.present))
        embedding_set.save(update_fields=["embedding_count", "updated_at"])
