"""Fills a project with many of each noun; run inside the server's Python by bench_lists.py."""

from __future__ import annotations

import itertools
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from pyroaring import BitMap

from apps.accounts.actor import Actor
from apps.analysis.models import Analysis
from apps.curation.models import Export
from apps.datasets.models import Category, Column, Datapoint, Dataset, Slice, SliceRows, Tag, TagMembership
from apps.embeddings.models import EmbeddingSet
from apps.jobs.models import Job
from apps.lineage.models import InferenceSet, Layer, LayerSet, ModelArchitecture, TrainedModel
from apps.projections.models import ProjectionSet, ProjectionSource, Projector
from apps.projects.models import AuditEntry, Project
from apps.projects.services.projects import create_project

ROWS = BitMap(range(100)).serialize()
BATCH = 5_000


def fill(count: int) -> None:
    """Make a project Lists of the user bench with `count` of each noun, all hanging on one dataset."""
    user = get_user_model().objects.get(username="bench")
    project = create_project(actor=Actor(user=user), name="Lists")
    named = [{"name": f"Entry {number:05}", "project": project} for number in range(count)]
    dataset = _made(Dataset, named, kind="training")[0]
    categories = _made(Category, ({**each, "colour": colour} for colour, each in enumerate(named)))
    tags, architectures = _made(Tag, named), _made(ModelArchitecture, named)
    Dataset.objects.filter(pk=dataset.pk).update(next_row=100, alive=ROWS, datapoint_count=100)
    facts = ({"row": row, "key": f"k{row}", "category": categories[row]} for row in range(100))
    _made(Datapoint, facts, dataset=dataset)
    _made(TagMembership, ({"tag": tag} for tag in tags), dataset=dataset, rows=ROWS, datapoint_count=100)
    _fill_slices(project, dataset, tags)
    _fill_models(dataset, architectures, count)
    _fill_work(project, user, count)


def _fill_slices(project: Project, dataset: Dataset, tags: list[Tag]) -> None:
    """Half of them rules, half frozen."""
    rules = ({"filters": [{"field": "tag", "only": [str(tag.pk)]}]} for tag in tags)
    facts = ({"name": f"Slice {number:05}", "rule": rule if number % 2 else None} for number, rule in enumerate(rules))
    slices = _made(Slice, facts, project=project)
    frozen = ({"slice": each} for each in slices if each.rule is None)
    _made(SliceRows, frozen, dataset=dataset, rows=ROWS, datapoint_count=100)


def _fill_models(dataset: Dataset, architectures: list[ModelArchitecture], count: int) -> None:
    """Give each architecture a trained model with a layer, vectors, inferences and a map."""
    models = _made(TrainedModel, ({"model_architecture": each, "version": "1"} for each in architectures))
    layer_sets = _made(LayerSet, ({"trained_model": each} for each in models), name="default")
    layers = _made(Layer, ({"layer_set": each} for each in layer_sets), name="fc")
    vectors = _made(Column, itertools.repeat({}, count), dataset=dataset, kind="vector", dtype="float32", width=8)
    codes = _made(Column, itertools.repeat({}, count), dataset=dataset, kind="category", dtype="int64")
    _made(
        InferenceSet,
        ({"trained_model": model, "category_column": column} for model, column in zip(models, codes, strict=True)),
        dataset=dataset,
    )
    sets = _made(
        EmbeddingSet,
        ({"layer": layer, "vectors": column} for layer, column in zip(layers, vectors, strict=True)),
        dataset=dataset,
        dimension=8,
    )
    project = dataset.project
    projector = Projector.objects.create(project=project, method="umap", digest="x")
    facts = ({"name": f"Map {number:05}"} for number in range(count))
    maps = _made(ProjectionSet, facts, project=project, projector=projector, finished_at=timezone.now())
    _made(
        ProjectionSource,
        ({"projection_set": each, "embedding_set": source} for each, source in zip(maps, sets, strict=True)),
        position=0,
        vectors_version=0,
    )
    facts = ({"name": f"Analysis {number:05}"} for number in range(count))
    _made(Analysis, facts, project=project, kind="class_quality", trained_model=models[0])


def _fill_work(project: Project, user: Any, count: int) -> None:
    now = timezone.now()
    jobs = ({"title": f"Job {number}"} for number in range(count))
    _made(Job, jobs, project=project, kind="run_projection", lane="light", state="done", queued_at=now)
    entries = ({"target_name": f"Tag {number}"} for number in range(count))
    _made(AuditEntry, entries, project=project, actor=user, actor_name="bench", action="created", target_type="tag")
    exports = ({"file_name": f"export {number}.csv"} for number in range(count))
    _made(Export, exports, project=project, format="csv", scope={}, expires_at=now, size=0)


def _made(model: Any, facts: Any, **shared: Any) -> list[Any]:
    return list(model.objects.bulk_create([model(**shared, **each) for each in facts], batch_size=BATCH))
