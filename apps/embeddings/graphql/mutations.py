from __future__ import annotations

from typing import Any

import strawberry
from strawberry import ID, Info

from apps.common.graphql.context import actor_of
from apps.common.graphql.mutations import DeletedPayload, Payload, mutation
from apps.embeddings import models, services
from apps.embeddings.graphql.neighbors import Metric
from apps.jobs.graphql.types import Job
from apps.projects import access
from apps.projects.models import Role


@strawberry.input
class DeleteEmbeddingSetInput:
    id: ID


@strawberry.input
class ComputeNeighborsInput:
    embedding_set_id: ID
    metric: Metric = models.Metric.COSINE
    neighbor_count: int | None = strawberry.field(
        default=None, description="The datapoint itself included; by default as many as there are already, or 30."
    )


@strawberry.type
class NeighborsPayload(Payload):
    """The job that makes the neighbours or brings them up to date."""

    job: Job | None = None


@strawberry.type
class EmbeddingsMutation:
    @mutation(NeighborsPayload)
    def compute_neighbors(self, info: Info[Any, Any], input: ComputeNeighborsInput) -> NeighborsPayload:
        actor = actor_of(info)
        embedding_set = access.get(actor, models.EmbeddingSet, input.embedding_set_id, at_least=Role.EDITOR)
        job = services.compute_neighbors(
            actor=actor, embedding_set=embedding_set, metric=input.metric, n_neighbors=input.neighbor_count
        )
        return NeighborsPayload(job=job)

    @mutation(DeletedPayload)
    def delete_embedding_set(self, info: Info[Any, Any], input: DeleteEmbeddingSetInput) -> DeletedPayload:
        actor = actor_of(info)
        embedding_set = access.get(actor, models.EmbeddingSet, input.id, at_least=Role.OWNER)
        services.delete_embedding_set(actor=actor, embedding_set=embedding_set)
        return DeletedPayload(deleted_id=input.id)
