"""What the database says, without what differs from run to run (ids that are made up, times, names of files).

Two states that are equal here are the same to everybody who uses the product.
"""

from __future__ import annotations

import json
import re
from typing import Any

from django.apps import apps
from django.db import connection, models

from apps.accounts.models import TokenBucket
from apps.datasets.models import Segment
from apps.jobs.models import Job, WorkerHeartbeat
from apps.projects.models import AuditEntry, Change

OURS = "apps."
# Who tries his password is counted whatever comes of it; who works says so all the time.
LEFT_OUT = {TokenBucket, WorkerHeartbeat}
# How a job went is no result; keys and hashes are made by chance; thumbnails of time.
VOLATILE = {"log", "password", "digest", "prefix", "last_seq", "seq", "last_login", "process_id", "attempt"}
MADE_UP = re.compile(r"\b(chr_[\w-]{8}|[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\b)")

State = dict[str, list[str]]


def state_of_everything(*, jobs: bool = True) -> State:
    """Every row of ours as text. Without jobs: what they made, not how far they are."""
    ours = [model for model in apps.get_models() if model.__module__.startswith(OURS) and model not in LEFT_OUT]
    names = {model: _names(model) for model in ours}
    found = {}
    for model in ours:
        rows = model._default_manager.order_by()
        if not jobs and model is Job:
            continue
        if not jobs and model in {Change, AuditEntry}:
            rows = rows.exclude(target_type="job")
        fields = [field for field in model._meta.concrete_fields if field.name not in VOLATILE]
        found[model.__name__] = sorted(
            json.dumps({field.name: _value(value, field, names) for field, value in zip(fields, row, strict=True)})
            for row in rows.values_list(*[field.attname for field in fields])
        )
    return found


def difference(one: State, other: State) -> str:
    """The rows that only one of them has."""
    lines = []
    for name in sorted(one.keys() | other.keys()):
        first, second = one.get(name, []), other.get(name, [])
        lines += [f"- {name}: {row}" for row in first if row not in second]
        lines += [f"+ {name}: {row}" for row in second if row not in first]
    return "\n".join(lines)


def _names(model: type[models.Model]) -> dict[Any, str]:
    """What people call the rows, by id; their ids are made up."""
    fields = {field.name for field in model._meta.concrete_fields}
    called = next((name for name in ("name", "key", "username") if name in fields), None)
    return dict(model._default_manager.values_list("pk", called)) if called else {}


def _value(value: Any, field: Any, names: dict[Any, dict[Any, str]]) -> Any:
    if value is None:
        return None
    if field.is_relation:
        return names.get(field.related_model, {}).get(value, field.related_model.__name__)
    if isinstance(field, models.DateTimeField | models.UUIDField | models.AutoField):
        return "set"
    if isinstance(field, models.BinaryField):
        return bytes(value).hex()
    if field.name == "path":
        return bool(value)
    if field.name == "target_id" and value.isdecimal():
        return "#"
    if field.name == "sha256" and field.model is Segment and connection.vendor == "postgresql":
        # It may hold ids of categories, and PostgreSQL gives no number again that was given in what was rolled back.
        return "#"
    return MADE_UP.sub("#", value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str))
