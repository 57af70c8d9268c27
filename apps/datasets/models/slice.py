from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from apps.common.pages import PagedQuerySet
from apps.projects.models import Project


class Slice(models.Model):
    """A saved selection: a rule that follows the data, or frozen rows (a bitmap per dataset id, in `frozen`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="slices")
    name = models.CharField(max_length=100)
    description = models.CharField(max_length=2_000, blank=True, default="")
    # Null for frozen rows; what a rule may say is in apps/curation/rules.
    rule = models.JSONField(null=True)
    # Raised when the rule or the frozen rows are replaced.
    version = models.PositiveBigIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PagedQuerySet["Slice"].as_manager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="slice_name_unique")]

    PROJECT_PATH = "project"

    def __str__(self) -> str:
        return self.name


class SliceRows(models.Model):
    """The frozen rows of a slice in one dataset."""

    slice = models.ForeignKey(Slice, on_delete=models.CASCADE, related_name="frozen")
    dataset = models.ForeignKey("datasets.Dataset", on_delete=models.CASCADE, related_name="+")
    rows = models.BinaryField()
    datapoint_count = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slice", "dataset"], name="slice_rows_unique")]

    PROJECT_PATH = "slice__project"
