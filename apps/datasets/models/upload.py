from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from apps.datasets.models.datapoint import DatapointRole
from apps.datasets.models.dataset import Dataset
from apps.storage.models import StoredFile


class UploadState(models.TextChoices):
    OPEN = "open"
    COMMITTED = "committed"


class ObjectSource(models.TextChoices):
    """Who says that the objects of a session are there."""

    GROUND_TRUTH = "ground_truth"
    MODEL = "model"  # the trained model that the session names


class BoxFormat(models.TextChoices):
    """What the four numbers of a box are: in pixels, or as shares of the image."""

    XYWH = "xywh"
    XYXY = "xyxy"
    XYWHN = "xywhn"
    XYXYN = "xyxyn"


class Upload(models.Model):
    """An upload session: declares what will come, collects numbered chunks, and commits them all or nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="uploads")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # The client's name for this session: declaring it again resumes it, with another body it is a conflict.
    key = models.CharField(max_length=100)
    state = models.CharField(max_length=9, choices=UploadState, default=UploadState.OPEN)
    # What was declared; every one of these is checked before anything is committed.
    row_count = models.PositiveIntegerField()
    byte_count = models.PositiveBigIntegerField()
    chunk_bytes = models.PositiveIntegerField()
    dimension = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64)
    model = models.CharField(max_length=100, blank=True, default="")
    version = models.CharField(max_length=100, blank=True, default="")
    layer = models.CharField(max_length=100, blank=True, default="")
    classes = models.JSONField(null=True)
    # Objects are logged apart from contexts; source and box format are empty where the role is context.
    role = models.CharField(max_length=7, choices=DatapointRole, default=DatapointRole.CONTEXT)
    source = models.CharField(max_length=12, choices=ObjectSource, blank=True, default="")
    box_format = models.CharField(max_length=5, choices=BoxFormat, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    # {"added": n, "updated": n, "unchanged": n}, of objects also "removed", once committed; committing again answers
    # the same.
    report = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset", "created_by", "key"], name="upload_key_unique"),
        ]

    PROJECT_PATH = "dataset__project"


class UploadChunk(StoredFile):
    """One received chunk of an upload."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="chunk_number_unique")]

    PROJECT_PATH = "upload__dataset__project"
