"""People, their API tokens, and the one-time links by which staff lets them set a password."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower

from apps.accounts.usernames import LONGEST_USERNAME, ChromaUserManager, validate_username


class User(AbstractUser):
    """Somebody who signs in by username; an e-mail address is optional."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(
        max_length=LONGEST_USERNAME,
        unique=True,
        validators=[validate_username],
        help_text=f"At most {LONGEST_USERNAME} letters, digits, dots, underscores and hyphens; it cannot be changed.",
        error_messages={"unique": "There is a user of this name."},
    )

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[ChromaUserManager] = ChromaUserManager()

    class Meta:
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"), name="username_unique", violation_error_message="There is a user of this name."
            )
        ]


class TokenScope(models.TextChoices):
    READ = "read"
    WRITE = "write"


class ApiToken(models.Model):
    """A secret by which a program acts as a user. Only its SHA-256 digest is stored."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=5, choices=TokenScope, default=TokenScope.WRITE)
    # Not a foreign key: projects stand to the right of accounts. Deleting a project deletes the tokens limited to it.
    project_id = models.UUIDField(null=True, blank=True, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "API token"
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class PasswordLink(models.Model):
    """A link that lets its user set a password once: an invitation or a reset, made by staff."""

    class Purpose(models.TextChoices):
        INVITE = "invite"
        RESET = "reset"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="password_links")
    purpose = models.CharField(max_length=6, choices=Purpose)
    digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} of {self.user}"


class TokenBucket(models.Model):
    """How many tries are left for one name (a username or an address); refilled as time passes."""

    name = models.CharField(max_length=200, unique=True)
    left = models.FloatField()
    updated_at = models.DateTimeField()
