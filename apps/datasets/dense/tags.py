"""Which rows carry a tag, as `tag:<id>`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from apps.common.errors import NotFound
from apps.datasets import bitmaps
from apps.datasets.dense.provide import DenseColumn, dense_provider
from apps.datasets.models import Dataset, Tag, TagMembership


@dense_provider("tag")
def tag_column(dataset: Dataset, rest: str) -> DenseColumn:
    """1 where the datapoint carries the tag, else 0; every datapoint has a value."""
    tag = _tag(dataset, rest)
    membership = TagMembership.objects.filter(tag=tag, dataset=dataset).first()

    def read() -> tuple[Any, NDArray[np.bool_]]:
        rows = bitmaps.load(membership.rows if membership else b"")
        mask = bitmaps.mask_of(rows, dataset.next_row)
        return mask.view(np.uint8), np.ones(dataset.next_row, dtype=np.bool_)

    return DenseColumn(version=str(membership.version if membership else 0), read=read)


def _tag(dataset: Dataset, id: str) -> Tag:
    try:
        return Tag.objects.get(pk=UUID(id), project=dataset.project_id)
    except (ValueError, Tag.DoesNotExist) as problem:
        raise NotFound("No such tag in the dataset's project.") from problem
