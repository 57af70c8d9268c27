from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import strawberry
from strawberry import ID, Info

from apps.common.graphql.connections import ChromaConnection, connection
from apps.common.graphql.context import actor_of
from apps.datasets.querysets import of_dataset, of_project
from apps.embeddings import models
from apps.embeddings.graphql.types import EmbeddingSet
from apps.projects import access


@strawberry.type
class EmbeddingsQuery:
    @connection(ChromaConnection[EmbeddingSet])
    def embedding_sets(self, project_id: ID | None = None, dataset_id: ID | None = None) -> Iterable[EmbeddingSet]:
        return of_dataset(of_project(models.EmbeddingSet, project_id), dataset_id)

    @strawberry.field
    def embedding_set(self, info: Info[Any, Any], id: ID) -> EmbeddingSet | None:
        return access.get(actor_of(info), models.EmbeddingSet, id)
