"""The rows of datapoints themselves."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from apps.datasets.log import table
from apps.datasets.log.target import Ids, Target
from apps.datasets.models import DatapointRole


def write_datapoints(target: Target) -> None:
    """Insert the new datapoints, and update those whose resource or label changed."""
    table.insert_datapoints(_new_records(target))
    differs = (
        (target.new_resource_ids != target.resource_ids)
        | (target.new_category_ids != target.category_ids)
        | (target.new_logged_category_ids != target.logged_category_ids)
    )
    at = np.flatnonzero(differs & ~target.is_new)
    values = (target.new_resource_ids, target.new_category_ids, target.new_logged_category_ids, target.datapoint_ids)
    table.update_datapoints(list(zip(*(_or_none(column[at]) for column in values), strict=True)))


def _new_records(target: Target) -> Iterator[table.Record]:
    at = np.flatnonzero(target.is_new)
    dataset_id = table.kept_id(target.dataset.pk)
    context = DatapointRole.CONTEXT.value
    columns = (
        target.rows[at].tolist(),
        [target.keys[place] for place in at],
        _or_none(target.new_resource_ids[at]),
        _or_none(target.new_category_ids[at]),
        _or_none(target.new_logged_category_ids[at]),
    )
    for row, key, resource, category, logged in zip(*columns, strict=True):
        yield dataset_id, row, key, resource, category, logged, context, None, None, ""


def _or_none(ids: Ids) -> list[int | None]:
    return [each or None for each in ids.tolist()]
