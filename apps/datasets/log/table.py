"""The datapoint and resource tables in bulk, by plain SQL: model objects would take ten times as long."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models

from apps.datasets.models import Datapoint, LabelChange, Resource

Record = tuple[Any, ...]

DATAPOINT_FIELDS = (
    "dataset", "row", "key", "resource", "category", "logged_category", "role", "parent", "region", "source",
)  # fmt: skip
LABEL_CHANGE_FIELDS = ("datapoint", "from_category", "to_category", "by", "is_logged", "action", "why", "at")
RESOURCE_FIELDS = (
    "project", "kind", "text", "media_type", "path", "offset", "size", "sha256", "width", "height", "created_at",
)  # fmt: skip


def find_datapoints(dataset_id: UUID, keys: Sequence[str]) -> list[Record]:
    """(key, role, row, id, resource id, category id, logged category id) of the datapoints with these keys."""
    sql = f"""
        SELECT "key", role, "row", id, resource_id, category_id, logged_category_id
        FROM {_table(Datapoint)} WHERE dataset_id = %s AND "key" {_among()}"""  # noqa: S608
    return _fetch(sql, [kept_id(dataset_id), _list(keys)])


def find_objects(parent_ids: Sequence[int], source: str) -> list[Record]:
    """(row, id, parent id, region as JSON) of the objects inside these datapoints that come from the source."""
    region = "region::text" if connection.vendor == "postgresql" else "region"
    sql = f"""
        SELECT "row", id, parent_id, {region}
        FROM {_table(Datapoint)} WHERE parent_id {_among("bigint")} AND source = %s"""  # noqa: S608
    return _fetch(sql, [_list(parent_ids), source])


def find_resources(project_id: UUID, kind: str, checksums: Sequence[str]) -> dict[str, int]:
    """The ids of the project's resources by checksum."""
    sql = f"""
        SELECT sha256, id FROM {_table(Resource)}
        WHERE project_id = %s AND kind = %s AND sha256 {_among()}"""  # noqa: S608
    return dict(_fetch(sql, [kept_id(project_id), kind, _list(checksums)]))


def insert_datapoints(records: Iterable[Record]) -> None:
    _insert(Datapoint, DATAPOINT_FIELDS, records)


def insert_label_changes(records: Iterable[Record]) -> None:
    _insert(LabelChange, LABEL_CHANGE_FIELDS, records)


def insert_resources(records: Iterable[Record]) -> None:
    _insert(Resource, RESOURCE_FIELDS, records)


def update_datapoints(records: Sequence[Record]) -> None:
    """Set resource, category and logged category of datapoints; records are these three and the datapoint's id."""
    if not records:
        return
    table = _table(Datapoint)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # One statement: twenty thousand of them cost the server five times as much.
            sql = f"""
                UPDATE {table}
                SET resource_id = new.resource, category_id = new.category, logged_category_id = new.logged
                FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
                     AS new(resource, category, logged, id)
                WHERE {table}.id = new.id"""  # noqa: S608
            cursor.execute(sql, [list(column) for column in zip(*records, strict=True)])
            return
        sql = f"UPDATE {table} SET resource_id = %s, category_id = %s, logged_category_id = %s WHERE id = %s"  # noqa: S608
        cursor.executemany(sql, records)


def update_regions(records: Sequence[Record]) -> None:
    """Move objects; records are the region as JSON and the datapoint's id."""
    kept = "%s::jsonb" if connection.vendor == "postgresql" else "%s"
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {_table(Datapoint)} SET region = {kept} WHERE id = %s", records)  # noqa: S608


def share_resources(parent_ids: Sequence[int]) -> None:
    """Let the objects inside these datapoints stand for what their parents stand for now."""
    table = _table(Datapoint)
    sql = f"""
        UPDATE {table}
        SET resource_id = (SELECT parent.resource_id FROM {table} parent WHERE parent.id = {table}.parent_id)
        WHERE parent_id {_among("bigint")}"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [_list(parent_ids)])


def kept_id(value: UUID) -> Any:
    """A UUID as the database keeps it."""
    return value if connection.features.has_native_uuid_field else value.hex


def kept_time(value: datetime) -> Any:
    """A time as the database keeps it."""
    return connection.ops.adapt_datetimefield_value(value)


def _insert(model: type[models.Model], names: Sequence[str], records: Iterable[Record]) -> None:
    fields = [model._meta.get_field(name) for name in names]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {_table(model)} ({columns}) FROM STDIN") as copy:
                for record in records:
                    copy.write_row(record)
            return
        marks = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {_table(model)} ({columns}) VALUES ({marks})", list(records))  # noqa: S608


def _fetch(sql: str, parameters: list[Any]) -> list[Record]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[Record] = cursor.fetchall()
    return found


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _among(kind: str = "text") -> str:
    """Matches any of a list that is one parameter, however long it is."""
    return f"= ANY(%s::{kind}[])" if connection.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"


def _list(values: Sequence[str] | Sequence[int]) -> Any:
    return list(values) if connection.vendor == "postgresql" else json.dumps(values)
