from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.common.edited import EditedModel
from apps.common.pages import PagedQuerySet
from apps.datasets.models.category import Category
from apps.datasets.models.dataset import Dataset
from apps.datasets.models.resource import Resource


class DatapointRole(models.TextChoices):
    CONTEXT = "context"  # a whole resource
    OBJECT = "object"  # a region inside one


class Datapoint(models.Model):
    """One item: what is plotted, tagged, labelled. Publicly named by its dataset and row."""

    id = models.BigAutoField(primary_key=True)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="datapoints", db_index=False)
    row = models.PositiveBigIntegerField()
    key = models.CharField(max_length=200)
    resource = models.ForeignKey(Resource, on_delete=models.SET_NULL, null=True, related_name="datapoints")
    # The current label, and what the source last said: the same value logged again leaves a person's correction alone.
    category = models.ForeignKey(Category, on_delete=models.SET_NULL, null=True, related_name="datapoints")
    logged_category = models.ForeignKey(
        Category, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    role = models.CharField(max_length=7, choices=DatapointRole, default=DatapointRole.CONTEXT)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="objects_inside")
    # Normalised [x, y, width, height] of an object in its parent.
    region = models.JSONField(null=True)
    # Who says that the object is there: ground truth (empty) or the id of a trained model.
    source = models.CharField(max_length=36, blank=True, default="")

    objects = PagedQuerySet["Datapoint"].as_manager()

    class Meta:
        ordering = ["dataset_id", "row"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["dataset", "row"], name="datapoint_row_unique"),
            models.UniqueConstraint(fields=["dataset", "key"], name="datapoint_key_unique"),
            models.CheckConstraint(
                condition=Q(role="context", parent=None) | Q(role="object", parent__isnull=False),
                name="datapoint_parent_of_objects",
            ),
        ]

    PROJECT_PATH = "dataset__project"

    def __str__(self) -> str:
        return self.key


class LabelChange(models.Model):
    """Who changed a label, when, from what to what; `by` is empty and `is_logged` set when the source did."""

    id = models.BigAutoField(primary_key=True)
    datapoint = models.ForeignKey(Datapoint, on_delete=models.CASCADE, related_name="label_changes")
    from_category = models.ForeignKey(Category, on_delete=models.SET_NULL, null=True, related_name="+")
    to_category = models.ForeignKey(Category, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    is_logged = models.BooleanField(default=False)
    # The changes of one action share its id, so that the action can be undone as a whole.
    action = models.UUIDField(db_index=True)
    why = models.CharField(max_length=500, blank=True, default="")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    PROJECT_PATH = "datapoint__dataset__project"


class Comment(EditedModel):
    """A remark on a datapoint."""

    id = models.BigAutoField(primary_key=True)
    datapoint = models.ForeignKey(Datapoint, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.CharField(max_length=10_000)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    PROJECT_PATH = "datapoint__dataset__project"
