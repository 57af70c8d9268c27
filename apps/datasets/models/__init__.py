from __future__ import annotations

from apps.datasets.models.category import Category
from apps.datasets.models.column import Column, ColumnKind, MetadataField, Segment
from apps.datasets.models.datapoint import Comment, Datapoint, DatapointRole, LabelChange
from apps.datasets.models.dataset import Dataset, DatasetKind
from apps.datasets.models.resource import Resource, ResourceKind, ResourceRootGrant
from apps.datasets.models.slice import Slice, SliceRows
from apps.datasets.models.tag import Tag, TagMembership
from apps.datasets.models.upload import BoxFormat, ObjectSource, Upload, UploadChunk, UploadState

__all__ = [
    "BoxFormat",
    "Category",
    "Column",
    "ColumnKind",
    "Comment",
    "Datapoint",
    "DatapointRole",
    "Dataset",
    "DatasetKind",
    "LabelChange",
    "MetadataField",
    "ObjectSource",
    "Resource",
    "ResourceKind",
    "ResourceRootGrant",
    "Segment",
    "Slice",
    "SliceRows",
    "Tag",
    "TagMembership",
    "Upload",
    "UploadChunk",
    "UploadState",
]
