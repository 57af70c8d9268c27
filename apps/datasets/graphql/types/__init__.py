from __future__ import annotations

from apps.datasets.graphql.types.datapoint import Datapoint, DatapointRole, MetadataValue
from apps.datasets.graphql.types.dataset import ColumnKind, Dataset, DatasetKind, MetadataField
from apps.datasets.graphql.types.history import Comment, LabelChange
from apps.datasets.graphql.types.naming import Category, Tag, TagMembership
from apps.datasets.graphql.types.resource import Resource, ResourceKind

__all__ = [
    "Category",
    "ColumnKind",
    "Comment",
    "Datapoint",
    "DatapointRole",
    "Dataset",
    "DatasetKind",
    "LabelChange",
    "MetadataField",
    "MetadataValue",
    "Resource",
    "ResourceKind",
    "Tag",
    "TagMembership",
]
