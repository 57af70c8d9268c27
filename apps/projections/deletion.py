"""A map goes with any of the embedding sets that it was made from: without one, its points stand for nothing."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from apps.embeddings.models import EmbeddingSet
from apps.jobs.services import request_cancel
from apps.projections.models import ProjectionSet
from apps.projects.cascades import before_deleting, delete_whole


@before_deleting(EmbeddingSet)
def delete_maps(embedding_set: EmbeddingSet) -> None:
    for projection_set in ProjectionSet.objects.filter(sources__embedding_set=embedding_set):
        delete_whole(projection_set)


@before_deleting(ProjectionSet)
def cancel_its_job(projection_set: ProjectionSet) -> None:
    if projection_set.job is not None:
        # Afterwards: whoever finishes the job locks its row before the project's, and we hold the project's by now.
        transaction.on_commit(partial(request_cancel, projection_set.job))
