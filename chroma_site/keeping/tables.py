"""Which rows are kept: all of every model but what is secret, of the moment, or ends by itself."""

from __future__ import annotations

from typing import Any, TypeAlias

from django.apps import apps
from django.db import models

from apps.storage.models import StoredFile

# Sessions and queues belong to the running installation; queues carry pickles, which no archive may bring in.
LEFT_OUT_APPS = {"sessions", "django_q"}
LEFT_OUT = {
    # How many tries are left, and who is alive: true for a minute.
    "accounts.TokenBucket",
    "jobs.WorkerHeartbeat",
    # What jobs in parts hand over to each other: such a job begins anew where it is run again.
    "jobs.JobFile",
    # What those see who wait for a map.
    "projections.ProjectionGrowth",
    # What ends by itself within days and can be made again: chosen datapoints, files on their way in, files made to be
    # fetched. Logging and importing again changes nothing that was stored before.
    "curation.Selection",
    "curation.SelectionRows",
    "datasets.Upload",
    "datasets.UploadChunk",
    "curation.Import",
    "curation.ImportChunk",
    "curation.Export",
    "curation.ExportRows",
}
# `migrate` makes these itself: they say nothing about whether anybody has used the installation.
MADE_BY_MIGRATE = {"contenttypes.ContentType", "auth.Permission"}

Field: TypeAlias = "models.Field[Any, Any]"


def kept_models() -> list[type[models.Model]]:
    """Every model whose rows belong into a backup, also those between many and many."""
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if not model._meta.proxy and model._meta.managed and is_kept(model)]


def is_kept(model: type[models.Model]) -> bool:
    return model._meta.app_label not in LEFT_OUT_APPS and model._meta.label not in LEFT_OUT


def used_models() -> list[type[models.Model]]:
    """The models that have no rows in an installation that nobody has used."""
    return [model for model in kept_models() if model._meta.label not in MADE_BY_MIGRATE]


def kept_file_models() -> list[type[StoredFile]]:
    """The models whose rows name files that belong into a backup."""
    return [model for model in kept_models() if issubclass(model, StoredFile)]


def stored_fields(model: type[models.Model]) -> list[Field]:
    """The columns of a model's table, in their order."""
    return [field for field in model._meta.concrete_fields if not field.generated]
