from __future__ import annotations

import strawberry

from apps.common.graphql.mutations import Payload
from apps.datasets.graphql.types import Category, Comment, Dataset, Tag


@strawberry.type
class DatasetPayload(Payload):
    dataset: Dataset | None = None


@strawberry.type
class GetOrCreateDatasetPayload(Payload):
    dataset: Dataset | None = None
    created: bool = False


@strawberry.type
class CategoryPayload(Payload):
    category: Category | None = None


@strawberry.type
class TagPayload(Payload):
    tag: Tag | None = None


@strawberry.type
class CommentPayload(Payload):
    comment: Comment | None = None
