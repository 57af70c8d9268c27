from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.projects.models import Project
from apps.storage.models import StoredFile


class ResourceKind(models.TextChoices):
    FILE = "file"  # bytes, uploaded once per project
    TEXT = "text"
    URI = "uri"  # a reference; the server never fetches it. `root:<name>/<path>` is read from a granted root


class Resource(StoredFile):
    """The raw thing that datapoints stand for. Uploaded files lie packed: `size` bytes at `offset` of `path`."""

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="resources")
    kind = models.CharField(max_length=4, choices=ResourceKind)
    # What was logged: the text itself, the URI, or the file's name.
    text = models.TextField(blank=True, default="")
    media_type = models.CharField(max_length=100, blank=True, default="")
    offset = models.PositiveBigIntegerField(default=0)
    # Of an image, in pixels as it is shown; null where the server could not tell or has not looked yet.
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "kind", "sha256"], name="resource_once_per_project"),
            models.CheckConstraint(condition=Q(kind__in=ResourceKind.values), name="resource_kind_known"),
        ]

    PROJECT_PATH = "project"


class ResourceRootGrant(models.Model):
    """Staff's permission for a project to read files from one of the configured resource roots."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="resource_root_grants")
    root = models.CharField(max_length=100)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "root"], name="root_granted_once")]

    PROJECT_PATH = "project"

    def __str__(self) -> str:
        return self.root
