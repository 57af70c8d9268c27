from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import strawberry
from strawberry import ID, Info

from apps.common.graphql.connections import ChromaConnection, connection
from apps.common.graphql.context import actor_of
from apps.curation.graphql.exports import ExportsQuery
from apps.curation.graphql.imports import ImportsQuery
from apps.curation.graphql.similar import SimilarQuery
from apps.curation.graphql.types import Slice
from apps.datasets import models, querysets
from apps.projects import access


@strawberry.type
class SlicesQuery:
    @connection(ChromaConnection[Slice], description="Saved selections, by name.")
    def slices(self, project_id: ID | None = None, search: str | None = None) -> Iterable[Slice]:
        return querysets.containing(querysets.of_project(models.Slice, project_id), search)

    @strawberry.field
    def slice(self, info: Info[Any, Any], id: ID) -> Slice | None:
        return access.get(actor_of(info), models.Slice, id)


@strawberry.type
class CurationQuery(SlicesQuery, ExportsQuery, ImportsQuery, SimilarQuery):
    """What this app can be asked."""
