from __future__ import annotations

from typing import Any

import strawberry
from strawberry import ID, Info

from apps.common.graphql.context import actor_of
from apps.common.graphql.mutations import DeletedPayload, mutation
from apps.embeddings import models, services
from apps.projects import access
from apps.projects.models import Role


@strawberry.input
class DeleteEmbeddingSetInput:
    id: ID


@strawberry.type
class EmbeddingsMutation:
    @mutation(DeletedPayload)
    def delete_embedding_set(self, info: Info[Any, Any], input: DeleteEmbeddingSetInput) -> DeletedPayload:
        actor = actor_of(info)
        embedding_set = access.get(actor, models.EmbeddingSet, input.id, at_least=Role.OWNER)
        services.delete_embedding_set(actor=actor, embedding_set=embedding_set)
        return DeletedPayload(deleted_id=input.id)
