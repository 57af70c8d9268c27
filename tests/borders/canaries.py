"""Strings that stand in every text of one project and nowhere else: where one shows up, that project shows."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from django.apps import apps
from django.db import models

from apps.accounts.actor import Actor
from apps.curation.models import Export
from apps.datasets.models import ColumnKind, Resource, ResourceKind
from apps.datasets.services.comments import add_comment
from apps.projections.models import ProjectionSet
from apps.storage.files import folder_of, write_file
from tests.data import make_metadata
from tests.world import World

CANARY = re.compile(r"cnry(\d{3})")
# What programs read, so that the project still works; everything else is a canary, whatever is added.
STRUCTURAL = {
    "Job.kind", "Job.target_type", "Job.target_id", "Column.dtype", "Segment.path", "Segment.sha256", "Segment.dtype",
    "Resource.path", "Resource.sha256", "Resource.media_type", "Datapoint.region", "Datapoint.source", "Upload.sha256",
    "Upload.classes", "Upload.report", "UploadChunk.path", "UploadChunk.sha256", "InferenceSet.classes",
    "ProjectionArray.path", "ProjectionArray.sha256", "ProjectionArray.name", "ProjectionArray.dtype", "ScoreSet.name",
    "ScoreSet.values", "Export.path", "Export.sha256", "Import.sha256", "ImportChunk.path", "ImportChunk.sha256",
    "JobFile.name", "JobFile.path", "JobFile.sha256",
}  # fmt: skip
# Lists and rules whose form is read.
SHAPES = {
    "Slice.rule": lambda text: {"version": 1, "filters": [{"field": "search", "contains": text}]},
    "Import.columns": lambda text: [{"name": text, "kind": "text", "samples": [text], "suggestedField": text}],
    "Import.preview": lambda text: [{text: text}],
    "Import.errors": lambda text: [{"row": 1, "column": text, "message": text}],
}
VALUES, FILE, EXPORTED = "the values of a column", "the bytes of a file", "the bytes of an export"


def text_fields() -> list[tuple[type[models.Model], models.Field]]:
    """Every field of a project's rows that holds text which somebody wrote or which says something to people."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [
        (model, field)
        for model in apps.get_models()
        if model.__module__.startswith("apps.") and hasattr(model, "PROJECT_PATH")
        for field in model._meta.concrete_fields
        if isinstance(field, kinds) and not field.choices and name_of(model, field) not in STRUCTURAL
    ]


def name_of(model: type[models.Model], field: models.Field) -> str:
    return f"{model.__name__}.{field.name}"


def names() -> list[str]:
    """What each canary stands for, by its number."""
    return [*[name_of(model, field) for model, field in text_fields()], VALUES, FILE, EXPORTED]


def seen_in(text: str) -> set[str]:
    """What the canaries in a text stand for."""
    known = names()
    return {known[int(number)] for number in CANARY.findall(text)}


def fill_with_canaries(world: World) -> None:
    """Put a canary into every text of the project, its columns and its files."""
    project, dataset, actor = world.project, world.dataset, Actor(user=world.owner)
    ProjectionSet.objects.filter(project=project).update(quality={}, notes=[])
    add_comment(actor=actor, datapoint=dataset.datapoints.get(row=1), text="Another")
    make_metadata(dataset, "canaries", ColumnKind.TEXT, np.array([canary(VALUES)] * 5, dtype=object))
    content = canary(FILE).encode()
    written = write_file(folder_of(project.pk), content)
    file = Resource.objects.create(
        project=project, kind=ResourceKind.FILE, path=written.path, size=len(content), sha256=written.sha256
    )
    dataset.datapoints.filter(row=2).update(resource=file)
    world.ids["file"] = str(file.pk)
    written = write_file(folder_of(project.pk), canary(EXPORTED).encode())
    Export.objects.filter(project=project).update(path=written.path, size=written.size, sha256=written.sha256)
    for model, field in text_fields():
        path = f"{model.PROJECT_PATH}_id" if model.PROJECT_PATH else "pk"
        for place, row in enumerate(model._base_manager.filter(**{path: project.pk}).order_by("pk")):
            text = canary(name_of(model, field), place)
            model._base_manager.filter(pk=row.pk).update(**{field.name: _with(row, field, text)})
    project.refresh_from_db()
    dataset.refresh_from_db()


def canary(name: str, place: int = 0) -> str:
    return f"cnry{names().index(name):03}x{place}"


def _with(row: models.Model, field: models.Field, text: str) -> Any:
    """The new value of a field: a text, or what is there and a text beside it."""
    if not isinstance(field, models.JSONField):
        return text
    shape = SHAPES.get(name_of(type(row), field))
    if shape is not None:
        return None if name_of(type(row), field) == "Slice.rule" and row.rule is None else shape(text)
    value = getattr(row, field.name)
    return [*value, text] if isinstance(value, list) else {**(value or {}), "canary": text}
