from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from apps.datasets.models import Dataset
from apps.jobs.models import Job
from apps.projects.models import Project
from apps.storage.models import StoredFile


class ImportFormat(models.TextChoices):
    PARQUET = "parquet"
    CSV = "csv"
    JSONL = "jsonl"
    COCO = "coco"


class ImportState(models.TextChoices):
    UPLOADING = "uploading"
    INSPECTING = "inspecting"
    READY = "ready"  # looked at: it waits to be told which column is what
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Import(models.Model):
    """A file that was sent to be logged: uploaded in chunks, looked at by one job, logged by another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="imports")
    # The client's name for this upload: declaring it again resumes it, with another body it is a conflict.
    key = models.CharField(max_length=100)
    file_name = models.CharField(max_length=300)
    byte_count = models.PositiveBigIntegerField()
    chunk_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, blank=True, default="")
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.UPLOADING)
    # What the file turned out to be: each column with its name, kind, samples and suggested field; the first rows.
    format = models.CharField(max_length=7, choices=ImportFormat, blank=True, default="")
    row_count = models.PositiveBigIntegerField(null=True)
    columns = models.JSONField(default=list)
    preview = models.JSONField(default=list)
    # The first problems, each with row, column and message, and how many there are.
    errors = models.JSONField(default=list)
    error_count = models.PositiveBigIntegerField(default=0)
    # What was asked for when it was started, and what came of it.
    options = models.JSONField(default=dict)
    report = models.JSONField(null=True)
    dataset = models.ForeignKey(Dataset, on_delete=models.SET_NULL, null=True, related_name="+")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "created_by", "key"], name="import_key_unique"),
            models.CheckConstraint(condition=models.Q(state__in=ImportState.values), name="import_state_known"),
        ]

    PROJECT_PATH = "project"

    def __str__(self) -> str:
        return self.file_name


class ImportChunk(StoredFile):
    """One received chunk of the file."""

    import_file = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["import_file", "number"], name="import_chunk_unique")]

    PROJECT_PATH = "import_file__project"
