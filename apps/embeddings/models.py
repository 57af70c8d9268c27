"""Embedding sets: all vectors of one dataset from one layer, and which of them are near each other."""

from __future__ import annotations

import uuid

from django.db import models

from apps.datasets.models import Column, Dataset
from apps.lineage.models import Layer


class EmbeddingSet(models.Model):
    """All vectors of one dataset from one layer: an (n, dimension) array of one dtype, stored as a column."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="embedding_sets")
    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="embedding_sets")
    vectors = models.OneToOneField(Column, on_delete=models.CASCADE, related_name="embedding_set")
    dimension = models.PositiveIntegerField()
    embedding_count = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["dataset", "layer"], name="embedding_set_unique")]

    PROJECT_PATH = "dataset__project"

    def __str__(self) -> str:
        return f"{self.layer.name} on {self.dataset.name}"


class Metric(models.TextChoices):
    """The distance between two vectors."""

    EUCLIDEAN = "euclidean"
    COSINE = "cosine"
    # The largest squared norm of the vectors less the inner product, so that the nearest has the largest product.
    DOT = "dot"
    MANHATTAN = "manhattan"
    CORRELATION = "correlation"


class NeighborGraph(models.Model):
    """The nearest neighbours of each vector of an embedding set, under one metric: two columns, one list per row.

    Lists are in ascending order of distance; the first of each is the row itself.
    """

    embedding_set = models.ForeignKey(EmbeddingSet, on_delete=models.CASCADE, related_name="neighbor_graphs")
    metric = models.CharField(max_length=11, choices=Metric)
    # How many were asked for, the row itself included; fewer vectors give shorter lists.
    n_neighbors = models.PositiveSmallIntegerField()
    # Of uint32 rows, and of float32 distances.
    rows = models.OneToOneField(Column, on_delete=models.CASCADE, related_name="+")
    distances = models.OneToOneField(Column, on_delete=models.CASCADE, related_name="+")
    # The version of the vectors that the lists are right for.
    vectors_version = models.PositiveBigIntegerField()
    # The measured share (0 … 1) of true neighbours that the lists have.
    recall = models.FloatField()
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["metric"]
        constraints = [models.UniqueConstraint(fields=["embedding_set", "metric"], name="neighbor_graph_unique")]

    PROJECT_PATH = "embedding_set__dataset__project"

    def __str__(self) -> str:
        return f"{self.metric} neighbours of {self.embedding_set}"
