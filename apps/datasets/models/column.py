from __future__ import annotations

from django.db import models
from django.db.models import Q

from apps.datasets.models.dataset import Dataset
from apps.storage.models import StoredFile


class ColumnKind(models.TextChoices):
    """What one value of a column is. Every kind but TEXT is stored as raw little-endian values of `dtype`."""

    NUMBER = "number"  # float64
    INTEGER = "integer"  # int64
    BOOLEAN = "boolean"  # uint8, 0 or 1
    TEXT = "text"  # Arrow IPC, one string column
    CATEGORY = "category"  # int64, the id of a Category
    CONFIDENCE = "confidence"  # float32 in 0 … 1
    VECTOR = "vector"  # (width,) of float16, float32 or float64; of uint32 where it lists rows


class Column(models.Model):
    """One value per row of a dataset, computed or logged: a list of immutable segments, of which the last wins."""

    id = models.BigAutoField(primary_key=True)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="columns")
    kind = models.CharField(max_length=10, choices=ColumnKind)
    dtype = models.CharField(max_length=10)
    width = models.PositiveIntegerField(default=1)
    # Raised with every append. A map or an export pins the versions that it was made from.
    version = models.PositiveBigIntegerField(default=0)
    # Bitmap of the rows that have a value at `version`.
    present = models.BinaryField(default=bytes)
    created_at = models.DateTimeField(auto_now_add=True)

    PROJECT_PATH = "dataset__project"


class Segment(StoredFile):
    """An immutable piece of a column: the values of `rows`, in ascending row order, and which rows lost theirs."""

    id = models.BigAutoField(primary_key=True)
    column = models.ForeignKey(Column, on_delete=models.CASCADE, related_name="segments")
    version = models.PositiveBigIntegerField()
    dtype = models.CharField(max_length=10)
    rows = models.BinaryField()
    row_count = models.PositiveBigIntegerField()
    # Bitmap of rows whose value was removed at this version (chroma.CLEAR); such a segment may have no file.
    cleared = models.BinaryField(default=bytes)

    class Meta:
        ordering = ["column", "version", "id"]
        indexes = [models.Index(fields=["column", "version", "id"], name="segment_in_order")]

    PROJECT_PATH = "column__dataset__project"


class MetadataField(models.Model):
    """A metadata key of a dataset and the column that holds its values."""

    id = models.BigAutoField(primary_key=True)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="metadata_fields")
    name = models.CharField(max_length=100)
    column = models.OneToOneField(Column, on_delete=models.CASCADE, related_name="metadata_field")

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "name"], name="metadata_name_unique"),
            models.CheckConstraint(condition=~Q(name=""), name="metadata_name_given"),
        ]

    PROJECT_PATH = "dataset__project"
