"""The rows of datapoints themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from apps.datasets.log import table
from apps.datasets.log.placement import region_json
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
    if target.placement is None and target.dataset.object_count:
        reworked = (target.new_resource_ids != target.resource_ids) & ~target.is_new
        table.share_resources(target.datapoint_ids[reworked].tolist())


def _new_records(target: Target) -> Iterator[table.Record]:
    at = np.flatnonzero(target.is_new)
    dataset_id = table.kept_id(target.dataset.pk)
    columns = (
        target.rows[at].tolist(),
        [target.keys[place] for place in at],
        _or_none(target.new_resource_ids[at]),
        _or_none(target.new_category_ids[at]),
        _or_none(target.new_logged_category_ids[at]),
        _places(target, at),
    )
    for row, key, resource, category, logged, place in zip(*columns, strict=True):
        yield dataset_id, row, key, resource, category, logged, *place


def _places(target: Target, at: NDArray[np.intp]) -> Iterable[table.Record]:
    """Role, parent, region and source."""
    placed = target.placement
    if placed is None:
        return repeat((DatapointRole.CONTEXT.value, None, None, ""), len(at))
    pairs = zip(placed.parent_ids[at].tolist(), placed.regions[at], strict=True)
    return ((DatapointRole.OBJECT.value, parent, region_json(region), placed.source) for parent, region in pairs)


def _or_none(ids: Ids) -> list[int | None]:
    return [each or None for each in ids.tolist()]
