"""Data for tests, written as the server keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from apps.datasets import bitmaps
from apps.datasets.columns import append_values, create_column
from apps.datasets.models import Category, ColumnKind, Datapoint, Dataset, MetadataField, Resource
from apps.embeddings.models import EmbeddingSet
from apps.lineage.models import InferenceSet, Layer, LayerSet, ModelArchitecture, TrainedModel
from apps.projects.models import Project


def make_category(project: Project, name: str) -> Category:
    return Category.objects.get_or_create(project=project, name=name, defaults={"colour": project.categories.count()})[
        0
    ]


def make_dataset(
    project: Project,
    name: str = "train",
    *,
    count: int = 0,
    labels: Sequence[str | None] = (),
    resources: Sequence[Resource] = (),
) -> Dataset:
    """A dataset with datapoints k0, k1, …; labels and resources are given for the first of them."""
    dataset = Dataset.objects.create(
        project=project,
        name=name,
        kind="training",
        next_row=count,
        datapoint_count=count,
        alive=bitmaps.dump(bitmaps.of_rows(np.arange(count, dtype=np.uint32))),
        version=1,
    )
    categories = [make_category(project, label) if label else None for label in labels]
    Datapoint.objects.bulk_create(
        Datapoint(
            dataset=dataset,
            row=row,
            key=f"k{row}",
            category=categories[row] if row < len(categories) else None,
            logged_category=categories[row] if row < len(categories) else None,
            resource=resources[row] if row < len(resources) else None,
        )
        for row in range(count)
    )
    return dataset


def make_trained_model(project: Project, name: str = "cnn", version: str = "1") -> TrainedModel:
    architecture, _ = ModelArchitecture.objects.get_or_create(project=project, name=name)
    return TrainedModel.objects.get_or_create(model_architecture=architecture, version=version)[0]


def make_inference_set(
    dataset: Dataset,
    inferences: Sequence[str | None],
    *,
    confidences: Sequence[float] | None = None,
    version: str = "1",
) -> InferenceSet:
    """What a trained model says of the first datapoints."""
    rows = np.array([row for row, name in enumerate(inferences) if name], dtype=np.uint32)
    codes = np.array([make_category(dataset.project, name).pk for name in inferences if name], dtype=np.int64)
    column = create_column(dataset=dataset, kind=ColumnKind.CATEGORY)
    append_values(column, rows, codes)
    confidence = None
    if confidences is not None:
        confidence = create_column(dataset=dataset, kind=ColumnKind.CONFIDENCE)
        append_values(confidence, rows, np.array(confidences, dtype=np.float32))
    return InferenceSet.objects.create(
        trained_model=make_trained_model(dataset.project, version=version),
        dataset=dataset,
        category_column=column,
        confidence_column=confidence,
    )


def make_embedding_set(dataset: Dataset, vectors: Any, *, layer: str = "fc") -> EmbeddingSet:
    """Vectors of the first datapoints."""
    layer_set, _ = LayerSet.objects.get_or_create(trained_model=make_trained_model(dataset.project), name="default")
    values = np.asarray(vectors, dtype=np.float32)
    column = create_column(dataset=dataset, kind=ColumnKind.VECTOR, dtype="float32", width=values.shape[1])
    append_values(column, np.arange(len(values), dtype=np.uint32), values)
    return EmbeddingSet.objects.create(
        dataset=dataset,
        layer=Layer.objects.get_or_create(layer_set=layer_set, name=layer)[0],
        vectors=column,
        dimension=values.shape[1],
        embedding_count=len(values),
    )


def make_metadata(dataset: Dataset, name: str, kind: ColumnKind, values: Sequence[Any]) -> MetadataField:
    """Values of the first datapoints under a metadata key."""
    column = create_column(dataset=dataset, kind=kind)
    append_values(column, np.arange(len(values), dtype=np.uint32), values)
    return MetadataField.objects.create(dataset=dataset, name=name, column=column)
