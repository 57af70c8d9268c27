"""Where an embedding or an inference comes from: architecture, trained model, layers."""

from __future__ import annotations

import uuid

from django.db import models

from apps.common.edited import EditedModel
from apps.common.pages import PagedQuerySet
from apps.datasets.models import Column, Dataset, Slice
from apps.projects.models import Project


class ModelArchitecture(EditedModel):
    """The kind of network, by name: `model=` when logging."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="model_architectures")
    name = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="architecture_name_unique")]

    PROJECT_PATH = "project"

    def __str__(self) -> str:
        return self.name


class TrainedModel(EditedModel):
    """One trained version of an architecture: `version=` when logging."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    model_architecture = models.ForeignKey(ModelArchitecture, on_delete=models.CASCADE, related_name="trained_models")
    version = models.CharField(max_length=100)
    trained_on_dataset = models.ForeignKey(Dataset, on_delete=models.SET_NULL, null=True, related_name="+")
    trained_on_slice = models.ForeignKey(Slice, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["model_architecture", "version"], name="trained_model_version_unique")
        ]

    PROJECT_PATH = "model_architecture__project"

    def __str__(self) -> str:
        return f"{self.model_architecture.name} {self.version}"


class LayerSet(EditedModel):
    """The layers that were captured together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trained_model = models.ForeignKey(TrainedModel, on_delete=models.CASCADE, related_name="layer_sets")
    name = models.CharField(max_length=100, default="default")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["trained_model", "name"], name="layer_set_name_unique")]

    PROJECT_PATH = "trained_model__model_architecture__project"

    def __str__(self) -> str:
        return self.name


class Layer(EditedModel):
    """The place in a trained model whose activations are the embedding: `layer=` when logging."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    layer_set = models.ForeignKey(LayerSet, on_delete=models.CASCADE, related_name="layers")
    name = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["layer_set", "name"], name="layer_name_unique")]

    PROJECT_PATH = "layer_set__trained_model__model_architecture__project"

    def __str__(self) -> str:
        return self.name


class InferenceSet(models.Model):
    """What one trained model says of the datapoints of one dataset: three columns."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trained_model = models.ForeignKey(TrainedModel, on_delete=models.CASCADE, related_name="inference_sets")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="inference_sets")
    category_column = models.OneToOneField(Column, on_delete=models.CASCADE, related_name="+")
    confidence_column = models.OneToOneField(Column, on_delete=models.CASCADE, null=True, related_name="+")
    probabilities_column = models.OneToOneField(Column, on_delete=models.CASCADE, null=True, related_name="+")
    # Category ids in the order of the probabilities' last axis.
    classes = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PagedQuerySet["InferenceSet"].as_manager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["-created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["trained_model", "dataset"], name="inference_set_unique")]

    PROJECT_PATH = "dataset__project"

    def __str__(self) -> str:
        return f"{self.trained_model} on {self.dataset.name}"
