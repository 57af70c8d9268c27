from __future__ import annotations

import uuid

from django.db import models

from apps.common.edited import EditedModel
from apps.common.pages import PagedQuerySet
from apps.projects.models import Project


class DatasetKind(models.TextChoices):
    TRAINING = "training"
    TEST = "test"
    VALIDATION = "validation"
    PRODUCTION = "production"
    OTHER = "other"


class Dataset(EditedModel):
    """An ordered collection of datapoints. It numbers them: a `row` is given once and never used again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="datasets")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=DatasetKind, default=DatasetKind.OTHER)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    next_row = models.PositiveBigIntegerField(default=0)
    # Bitmap of the rows that exist, and of those among them that are objects.
    alive = models.BinaryField(default=bytes)
    object_rows = models.BinaryField(default=bytes)
    # Contexts and objects are counted apart: people ask how many images there are.
    datapoint_count = models.PositiveBigIntegerField(default=0)
    object_count = models.PositiveBigIntegerField(default=0)
    # Raised by every change of its datapoints; a log plans against one version and commits only on that one.
    version = models.PositiveBigIntegerField(default=0)
    # Raised when labels change; part of the label column's ETag.
    label_version = models.PositiveBigIntegerField(default=0)
    # Set while a job deletes what belongs to the dataset.
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = PagedQuerySet["Dataset"].as_manager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="dataset_name_unique")]

    PROJECT_PATH = "project"

    def __str__(self) -> str:
        return self.name
