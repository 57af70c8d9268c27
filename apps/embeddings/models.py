"""Embedding sets: all vectors of one dataset from one layer."""

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
