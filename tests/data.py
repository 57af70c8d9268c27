"""Data for tests, written as the server keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from apps.analysis.models import Analysis, AnalysisKind, AnalysisSource
from apps.analysis.scores import QUALITY, name_scores, write_scores
from apps.datasets import bitmaps
from apps.datasets.columns import append_values, create_column, read_column
from apps.datasets.models import Category, ColumnKind, Datapoint, DatapointRole, Dataset, MetadataField, Resource
from apps.embeddings.compute.neighbors import nearest_neighbors
from apps.embeddings.models import EmbeddingSet, Metric
from apps.embeddings.neighbor_storing import name_graph, write_graph
from apps.embeddings.neighbors import Neighbors
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


def make_neighbors(embedding_set: EmbeddingSet, *, metric: Metric = Metric.COSINE, n_neighbors: int = 3) -> None:
    """The stored neighbours of an embedding set."""
    found = read_column(embedding_set.vectors, length=embedding_set.dataset.next_row)
    rows = np.flatnonzero(found.present).astype(np.uint32)
    n_neighbors = min(n_neighbors, len(rows))
    lists = nearest_neighbors(found.values[rows], n_neighbors, metric=metric)
    pending = write_graph(
        embedding_set,
        None,
        None,
        Neighbors(rows, *lists, recall=1.0),
        metric=metric,
        n_neighbors=n_neighbors,
        version=embedding_set.vectors.version,
    )
    with transaction.atomic():
        name_graph(pending)


def make_metadata(dataset: Dataset, name: str, kind: ColumnKind, values: Sequence[Any]) -> MetadataField:
    """Values of the first datapoints under a metadata key."""
    column = create_column(dataset=dataset, kind=kind)
    append_values(column, np.arange(len(values), dtype=np.uint32), values)
    return MetadataField.objects.create(dataset=dataset, name=name, column=column)


def make_objects(
    dataset: Dataset,
    boxes: Sequence[tuple[int, Sequence[float]]],
    *,
    trained_model: TrainedModel | None = None,
    labels: Sequence[str | None] = (),
) -> list[Datapoint]:
    """Objects in the next rows: (row of the context, x, y, width, height each). Found by a model, or ground truth."""
    first = dataset.next_row
    contexts = dict(dataset.datapoints.filter(role=DatapointRole.CONTEXT).values_list("row", "pk"))
    categories = [make_category(dataset.project, label) if label else None for label in labels]
    categories += [None] * (len(boxes) - len(categories))
    made = Datapoint.objects.bulk_create(
        Datapoint(
            dataset=dataset,
            row=first + place,
            key=f"object{first + place}",
            role=DatapointRole.OBJECT,
            parent_id=contexts[context],
            region=list(map(float, region)),
            source=str(trained_model.pk) if trained_model else "",
            category=categories[place],
            logged_category=categories[place],
        )
        for place, (context, region) in enumerate(boxes)
    )
    rows = bitmaps.of_rows(np.arange(first, first + len(boxes), dtype=np.uint32))
    dataset.next_row += len(boxes)
    dataset.alive = bitmaps.dump(bitmaps.load(dataset.alive) | rows)
    dataset.object_rows = bitmaps.dump(bitmaps.load(dataset.object_rows) | rows)
    dataset.object_count += len(boxes)
    dataset.version += 1
    dataset.save()
    return made


def make_analysis(embedding_set: EmbeddingSet, quality: Any, *, name: str = "Quality") -> Analysis:
    """A finished analysis with one score for each of the first datapoints."""
    trained_model, dataset = embedding_set.layer.layer_set.trained_model, embedding_set.dataset
    analysis = Analysis.objects.create(
        project=dataset.project,
        kind=AnalysisKind.CLASS_QUALITY,
        name=name,
        trained_model=trained_model,
        finished_at=timezone.now(),
    )
    AnalysisSource.objects.create(analysis=analysis, position=0, dataset=dataset, embedding_set=embedding_set)
    values = np.asarray(quality, dtype=np.float64)
    scores = write_scores(dataset, QUALITY, np.arange(len(values), dtype=np.uint32), values)
    with transaction.atomic():
        name_scores(analysis, [scores])
    return analysis
