"""The flat filters of lists. What the caller may see is cut by access, never here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from apps.common.errors import LimitExceeded
from apps.common.names import clean_search, is_keepable
from apps.datasets import bitmaps
from apps.datasets.models import Datapoint, Tag, TagMembership

MOST_NAMED = 500
LARGEST_ROW = 2**32 - 1

M = TypeVar("M", bound=Model)


def of_project(model: type[M], project_id: str | None) -> QuerySet[M]:
    """All rows, or those of one project, along the model's PROJECT_PATH."""
    return _filtered(model, f"{model.PROJECT_PATH}_id", project_id)  # type: ignore[attr-defined]


def of_dataset(rows: QuerySet[M], dataset_id: str | None) -> QuerySet[M]:
    if dataset_id is None:
        return rows
    place = _uuid(dataset_id)
    return rows.filter(dataset=place) if place else rows.none()


def containing(rows: QuerySet[M], search: str | None, field: str = "name") -> QuerySet[M]:
    """The rows whose name contains the text, whatever its case; all of them where there is no text."""
    text = clean_search(search or "")
    if not text:
        return rows
    return rows.filter(**{f"{field}__icontains": text}) if is_keepable(text) else rows.none()


def datapoints_named(
    dataset_id: str | None, rows: Sequence[int] | None, keys: Sequence[str] | None
) -> QuerySet[Datapoint]:
    """Datapoints of one dataset by row, or all as they came; of these the ones with certain rows or keys."""
    for field, names in (("rows", rows), ("keys", keys)):
        if names is not None and len(names) > MOST_NAMED:
            raise LimitExceeded(
                f"At most {MOST_NAMED} {field} can be asked for at once, not {len(names)}.", field=field
            )
    datapoints = of_dataset(Datapoint.objects.order_by("row" if dataset_id else "pk"), dataset_id)
    if rows is not None:
        datapoints = datapoints.filter(row__in=[row for row in rows if 0 <= row <= LARGEST_ROW])
    if keys is not None:
        datapoints = datapoints.filter(key__in=list(filter(is_keepable, keys)))
    return datapoints


def matching_search(datapoints: QuerySet[Datapoint], text: str) -> QuerySet[Datapoint]:
    """Datapoints whose key, or the text of whose resource, contains the words as they stand, whatever their case."""
    words = clean_search(text)
    if not words:
        return datapoints
    if not is_keepable(words):
        return datapoints.none()
    return datapoints.filter(Q(key__icontains=words) | Q(resource__text__icontains=words))


def truth_first(objects: QuerySet[M]) -> QuerySet[M]:
    """Objects with those of one source beside each other, ground truth (no source) first.

    Ordered by expressions: cursors are made of what orders, and a plain field that the query does not show would be
    fetched for them row by row.
    """
    return objects.order_by(Coalesce("source", Value("")), Coalesce("row", Value(0)))


def carrying(datapoints: QuerySet[Datapoint], tag: Tag, dataset_id: str) -> QuerySet[Datapoint]:
    """Those of one dataset's datapoints that carry the tag."""
    membership = TagMembership.objects.filter(tag=tag, dataset=_uuid(dataset_id)).first()
    rows = bitmaps.rows_of(bitmaps.load(membership.rows)).tolist() if membership else []
    return datapoints.filter(row__among=rows)


def _filtered(model: type[M], path: str, id: str | None) -> QuerySet[M]:
    rows = model._default_manager.all()
    if id is None:
        return rows
    place = _uuid(id)
    return rows.filter(**{path: place}) if place else rows.none()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
