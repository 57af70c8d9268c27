"""Rows that people edit by hand, which count how often."""

from __future__ import annotations

from django.db import models


class EditedModel(models.Model):
    """What people rename, describe or colour; every edit raises its version, so that a stale one is noticed."""

    edit_version = models.PositiveBigIntegerField(default=1)

    class Meta:
        abstract = True
