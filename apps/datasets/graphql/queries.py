from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import strawberry
from strawberry import ID, Info

from apps.common.graphql.big_connections import big_connection
from apps.common.graphql.connections import ChromaConnection, connection
from apps.common.graphql.context import actor_of
from apps.datasets import models, querysets
from apps.datasets.datapoint_ids import get_datapoint
from apps.datasets.datapoint_lists import WantedDatapoints
from apps.datasets.graphql.types import Category, Comment, Datapoint, DatapointRole, Dataset, LabelChange, Resource, Tag
from apps.projects import access


@strawberry.type
class DatasetsQuery:
    @connection(ChromaConnection[Dataset])
    def datasets(self, project_id: ID | None = None, search: str | None = None) -> Iterable[Dataset]:
        return querysets.containing(querysets.of_project(models.Dataset, project_id), search)

    @strawberry.field
    def dataset(self, info: Info[Any, Any], id: ID) -> Dataset | None:
        return access.get(actor_of(info), models.Dataset, id)

    @connection(ChromaConnection[Category])
    def categories(self, project_id: ID | None = None, search: str | None = None) -> Iterable[Category]:
        return querysets.containing(querysets.of_project(models.Category, project_id), search)

    @strawberry.field
    def category(self, info: Info[Any, Any], id: ID) -> Category | None:
        return access.get(actor_of(info), models.Category, id)

    @connection(ChromaConnection[Tag])
    def tags(self, project_id: ID | None = None, search: str | None = None) -> Iterable[Tag]:
        return querysets.containing(querysets.of_project(models.Tag, project_id), search)

    @strawberry.field
    def tag(self, info: Info[Any, Any], id: ID) -> Tag | None:
        return access.get(actor_of(info), models.Tag, id)

    @connection(ChromaConnection[Resource])
    def resources(self, project_id: ID | None = None) -> Iterable[Resource]:
        return querysets.of_project(models.Resource, project_id)

    @strawberry.field
    def resource(self, info: Info[Any, Any], id: ID) -> Resource | None:
        return access.get(actor_of(info), models.Resource, id)

    @big_connection(
        ChromaConnection[Datapoint],
        description="By row. Contexts, unless a role, or rows, keys or a parent are given. All but role and parentId "
        "need datasetId; of rows and keys at most 500. search: the key, or the text of the resource, contains it.",
    )
    def datapoints(
        self,
        info: Info[Any, Any],
        dataset_id: ID | None = None,
        rows: list[int] | None = None,
        keys: list[str] | None = None,
        role: DatapointRole | None = None,
        parent_id: ID | None = None,
        search: str | None = None,
        tag_id: ID | None = None,
    ) -> Iterable[Datapoint]:
        wanted = WantedDatapoints(dataset_id, rows, keys, role, parent_id, search, tag_id)
        return wanted.find(actor_of(info))

    @strawberry.field
    def datapoint(self, info: Info[Any, Any], id: ID) -> Datapoint | None:
        return get_datapoint(actor_of(info), id)

    @connection(ChromaConnection[LabelChange])
    def label_changes(self, info: Info[Any, Any], datapoint_id: ID | None = None) -> Iterable[LabelChange]:
        changes = models.LabelChange.objects.all()
        if datapoint_id is not None:
            changes = changes.filter(datapoint=get_datapoint(actor_of(info), datapoint_id))
        return changes

    @strawberry.field
    def label_change(self, info: Info[Any, Any], id: ID) -> LabelChange | None:
        return access.get(actor_of(info), models.LabelChange, id)

    @connection(ChromaConnection[Comment])
    def comments(self, info: Info[Any, Any], datapoint_id: ID | None = None) -> Iterable[Comment]:
        comments = models.Comment.objects.all()
        if datapoint_id is not None:
            comments = comments.filter(datapoint=get_datapoint(actor_of(info), datapoint_id))
        return comments

    @strawberry.field
    def comment(self, info: Info[Any, Any], id: ID) -> Comment | None:
        return access.get(actor_of(info), models.Comment, id)
