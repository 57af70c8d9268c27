from __future__ import annotations

import uuid

from django.db import models

from apps.common.edited import EditedModel
from apps.common.pages import PagedQuerySet
from apps.datasets.models.dataset import Dataset
from apps.projects.models import Project


class Tag(EditedModel):
    """A short free name put on datapoints."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PagedQuerySet["Tag"].as_manager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="tag_name_unique")]

    PROJECT_PATH = "project"

    def __str__(self) -> str:
        return self.name


class TagMembership(models.Model):
    """Which rows of a dataset carry a tag: one versioned bitmap, edited by or and and-not."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="memberships")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="tag_memberships")
    rows = models.BinaryField(default=bytes)
    datapoint_count = models.PositiveBigIntegerField(default=0)
    version = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "dataset"], name="tag_membership_unique")]

    PROJECT_PATH = "tag__project"
