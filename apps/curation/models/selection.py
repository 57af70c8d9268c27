"""Selections: the datapoints chosen now, posted once and then named by id in bulk actions."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from apps.datasets.models import Dataset
from apps.projects.models import Project


class Selection(models.Model):
    """The datapoints that a user has chosen; short-lived."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="selections")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    datapoint_count = models.PositiveBigIntegerField()

    PROJECT_PATH = "project"


class SelectionRows(models.Model):
    """The selected rows of one dataset."""

    selection = models.ForeignKey(Selection, on_delete=models.CASCADE, related_name="parts")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    rows = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["selection", "dataset"], name="selection_rows_unique")]

    PROJECT_PATH = "selection__project"
