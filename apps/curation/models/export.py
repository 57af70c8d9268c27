from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from apps.datasets.models import Dataset
from apps.jobs.models import Job
from apps.projects.models import Project
from apps.storage.models import StoredFile


class ExportFormat(models.TextChoices):
    PARQUET = "parquet"
    CSV = "csv"
    JSONL = "jsonl"
    COCO = "coco"
    KEYS = "keys"


class Export(StoredFile):
    """Datapoints as a file, made by a job and kept for a week. Its path is empty until the job is done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="exports")
    format = models.CharField(max_length=7, choices=ExportFormat)
    # What was asked, with names: the dataset, slice or selection, the embedding sets and the options.
    scope = models.JSONField()
    file_name = models.CharField(max_length=200)
    row_count = models.PositiveBigIntegerField(null=True)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [models.CheckConstraint(condition=models.Q(format__in=ExportFormat.values), name="export_format")]

    PROJECT_PATH = "project"

    def __str__(self) -> str:
        return self.file_name


class ExportRows(models.Model):
    """The rows of one dataset that were selected when the export was asked for: selections expire, exports wait."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="parts")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    rows = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "dataset"], name="export_rows_unique")]

    PROJECT_PATH = "export__project"
