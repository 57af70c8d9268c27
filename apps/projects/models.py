"""Projects, who may work in them, what they did (audit), and what is new (change feed)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.common.edited import EditedModel
from apps.projects.querysets import MembershipQuerySet, ProjectQuerySet


class Role(models.TextChoices):
    """A member's right in a project; each includes the ones before it."""

    VIEWER = "viewer"
    EDITOR = "editor"
    OWNER = "owner"


class Project(EditedModel):
    """The shared workspace, named `namespace/name`; the namespace is its creator's username and fixed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    namespace = models.CharField(max_length=150)
    name = models.CharField(max_length=100)
    description = models.CharField(max_length=500, blank=True, default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    # The seq of the newest Change; raised under the row's lock, so that commit order is seq order.
    last_seq = models.PositiveBigIntegerField(default=0)
    # Set while a job deletes what belongs to the project: from then on nobody sees it.
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["namespace", "name"]
        constraints = [models.UniqueConstraint(fields=["namespace", "name"], name="project_name_unique")]

    # The lookup path from a row of this model to its project, read by access.py.
    PROJECT_PATH = ""

    def __str__(self) -> str:
        return f"{self.namespace}/{self.name}"


class Membership(models.Model):
    """A user's right in a project. It counts only once the invited person has accepted it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=6, choices=Role)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["invited_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="membership_unique"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]

    PROJECT_PATH = "project"

    def __str__(self) -> str:
        return f"{self.user} is {self.role} of {self.project}"


class AuditEntry(models.Model):
    """Who did what, when, to what. Written in the transaction of the change and never edited."""

    project = models.ForeignKey(Project, on_delete=models.SET_NULL, null=True, related_name="audit_entries")
    # Kept as text too, so that the entry still reads after its project or user is gone.
    project_name = models.CharField(max_length=260, blank=True, default="")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=150, blank=True, default="")
    token_prefix = models.CharField(max_length=16, blank=True, default="")
    action = models.CharField(max_length=60)
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=80)
    target_name = models.CharField(max_length=300, blank=True, default="")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "audit entries"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["project", "-id"], name="audit_by_project"),  # the history page, newest first
            models.Index(fields=["project", "target_id", "-id"], name="audit_by_target"),  # who edited this last
        ]

    PROJECT_PATH = "project"

    def __str__(self) -> str:
        return f"{self.actor_name} {self.action} {self.target_name}"


class Change(models.Model):
    """One line of a project's change feed, heard by open browsers."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="changes")
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=80)
    version = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["project", "seq"], name="change_seq_unique")]

    PROJECT_PATH = "project"
