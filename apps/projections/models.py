"""Maps: a projector's parameters, and the projection sets that it gave."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from apps.common.edited import EditedModel
from apps.datasets.models import DatapointRole
from apps.embeddings.models import EmbeddingSet
from apps.jobs.models import Job
from apps.projects.models import Project
from apps.storage.models import StoredFile


class Projector(models.Model):
    """A method with its parameters and seed; equal ones are one row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="projectors")
    method = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict)
    seed = models.PositiveBigIntegerField(null=True)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["method", "created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["project", "digest"], name="projector_unique")]

    PROJECT_PATH = "project"

    def __str__(self) -> str:
        return self.method


class Origin(models.TextChoices):
    """How a map came to its positions."""

    FIT = "fit"
    PLACE = "place"
    REFIT = "refit"


class ProjectionSet(EditedModel):
    """A map of one or several embedding sets. It is made with its job and has arrays once that is done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="projection_sets")
    projector = models.ForeignKey(Projector, on_delete=models.CASCADE, related_name="projection_sets")
    name = models.CharField(max_length=100)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    # Only datapoints of this role are on the map; empty where both are.
    role = models.CharField(max_length=7, choices=DatapointRole, blank=True, default="")
    # The version of this map before: new datapoints were placed on it, or a new fit started from it.
    previous = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="successors")
    origin = models.CharField(max_length=5, choices=Origin, default=Origin.FIT)
    # How far datapoints moved since the previous version; see compute/alignment.py.
    drift = models.JSONField(null=True)
    projection_count = models.PositiveBigIntegerField(default=0)
    object_count = models.PositiveBigIntegerField(default=0)
    # trustworthiness, neighbor_preservation (0 … 1), n_sampled, n_neighbors; see compute/quality.py
    quality = models.JSONField(null=True)
    # Sentences that the job wants read beside the map, such as how many vectors were left out.
    notes = models.JSONField(default=list)

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="projection_set_name_unique")]

    PROJECT_PATH = "project"

    def __str__(self) -> str:
        return self.name


class ProjectionSource(models.Model):
    """An embedding set that a map was made from, at the version of its vectors then."""

    projection_set = models.ForeignKey(ProjectionSet, on_delete=models.CASCADE, related_name="sources")
    embedding_set = models.ForeignKey(EmbeddingSet, on_delete=models.CASCADE, related_name="projection_sources")
    # Place among the sources: the code of the dataset in the members array.
    position = models.PositiveSmallIntegerField()
    vectors_version = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["projection_set", "position"], name="projection_source_position_unique"),
            models.UniqueConstraint(fields=["projection_set", "embedding_set"], name="projection_source_unique"),
        ]

    PROJECT_PATH = "projection_set__project"


class ProjectionArray(StoredFile):
    """One array of a map, in member order: `source` (uint16), `row` (uint32), `x`, `y` and others (float32)."""

    projection_set = models.ForeignKey(ProjectionSet, on_delete=models.CASCADE, related_name="arrays")
    name = models.CharField(max_length=20)
    dtype = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["projection_set", "name"], name="projection_array_unique")]

    PROJECT_PATH = "projection_set__project"


class ProjectionGrowth(models.Model):
    """The newest layout of a map that is being made, thinned: what those who wait for it see. Gone when it is done."""

    projection_set = models.OneToOneField(ProjectionSet, on_delete=models.CASCADE, related_name="growth")
    # Rises with each layout; layouts of one lease follow each other.
    number = models.PositiveIntegerField()
    lease = models.UUIDField()
    phase = models.CharField(max_length=120)
    # 0 … 1 of the optimisation; null where it cannot be counted.
    fraction = models.FloatField(null=True)
    # How many datapoints the map will have.
    total = models.PositiveBigIntegerField()
    # Which datapoints are shown: codes of sources (uint16) and rows (uint32), and their x, y (float32), as bytes.
    source = models.BinaryField()
    row = models.BinaryField()
    positions = models.BinaryField()
    created_at = models.DateTimeField(auto_now=True)

    PROJECT_PATH = "projection_set__project"
