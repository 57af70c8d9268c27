"""Rows that name immutable files.

Every model that keeps bytes in the storage inherits `StoredFile`; `collect_garbage` finds all of them through it and
deletes what no row names any more.
"""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """One immutable file in the storage: written and synced before the row that names it is committed."""

    path = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True
