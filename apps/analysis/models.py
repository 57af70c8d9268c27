"""Analyses: computations that give datapoints scores."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.common.edited import EditedModel
from apps.datasets.models import Column, Dataset
from apps.embeddings.models import EmbeddingSet
from apps.jobs.models import Job
from apps.lineage.models import TrainedModel
from apps.projects.models import Project


class AnalysisKind(models.TextChoices):
    CLASS_QUALITY = "class_quality"
    MATCH_OBJECTS = "match_objects"


class ScoreDirection(models.TextChoices):
    """Which end of a score asks to be looked at."""

    HIGH_IS_BAD = "high_is_bad"
    LOW_IS_BAD = "low_is_bad"
    NEUTRAL = "neutral"


class Analysis(EditedModel):
    """One computation about a trained model. It is made with its job and has score sets once that is done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="analyses")
    kind = models.CharField(max_length=20, choices=AnalysisKind)
    name = models.CharField(max_length=100)
    trained_model = models.ForeignKey(TrainedModel, on_delete=models.CASCADE, related_name="analyses")
    # What was asked, with the names that things had then.
    parameters = models.JSONField(default=dict)
    # What came out, in numbers.
    summary = models.JSONField(default=dict)
    # Sentences that the job wants read beside the numbers, such as how many datapoints were left out.
    notes = models.JSONField(default=list)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "id"]
        verbose_name_plural = "analyses"
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="analysis_name_unique"),
            models.CheckConstraint(condition=Q(kind__in=AnalysisKind.values), name="analysis_kind_known"),
        ]

    PROJECT_PATH = "project"

    def __str__(self) -> str:
        return self.name


class AnalysisSource(models.Model):
    """A dataset that an analysis reads, and the vectors in it at the version that they had then, where it needs any."""

    analysis = models.ForeignKey(Analysis, on_delete=models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField()
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    embedding_set = models.ForeignKey(EmbeddingSet, on_delete=models.CASCADE, null=True, related_name="+")
    vectors_version = models.PositiveBigIntegerField(null=True)
    # What others are compared with; it gets no scores itself.
    is_reference = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["analysis", "position"], name="analysis_source_unique")]

    PROJECT_PATH = "analysis__project"


class ScoreSet(models.Model):
    """One number for each of many datapoints of one dataset, with a stated direction: a column."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    analysis = models.ForeignKey(Analysis, on_delete=models.CASCADE, related_name="score_sets")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="score_sets")
    column = models.OneToOneField(Column, on_delete=models.CASCADE, related_name="+")
    # For programs, the same in every analysis of a kind; the title is for people.
    name = models.CharField(max_length=40)
    title = models.CharField(max_length=100)
    description = models.CharField(max_length=1000)
    direction = models.CharField(max_length=11, choices=ScoreDirection)
    unit = models.CharField(max_length=20, blank=True, default="")
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    # What an enumerated score may be; the column holds the place in this list.
    values = models.JSONField(null=True)
    score_count = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["analysis", "dataset", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["analysis", "dataset", "name"], name="score_set_unique"),
            models.CheckConstraint(condition=Q(direction__in=ScoreDirection.values), name="score_direction_known"),
        ]

    # Through the dataset: scores are hidden with it while it is deleted.
    PROJECT_PATH = "dataset__project"

    def __str__(self) -> str:
        return self.title
