from __future__ import annotations

import strawberry
from strawberry import ID

from apps.common.graphql.mutations import Payload
from apps.datasets.graphql.types import Category, Comment, Dataset, Tag
from apps.jobs.graphql.types import Job


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
class GetOrCreateCategoryPayload(Payload):
    category: Category | None = None
    created: bool = False


@strawberry.type
class GetOrCreateTagPayload(Payload):
    tag: Tag | None = None
    created: bool = False


@strawberry.type
class CommentPayload(Payload):
    comment: Comment | None = None


@strawberry.type
class DeleteInBackgroundPayload(Payload):
    """It is gone for everybody at once; the job, where there is one, clears up behind it."""

    deleted_id: ID | None = None
    job: Job | None = None
