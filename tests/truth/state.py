"""What the database says, without what differs from run to run (ids that are made up, times, names of files).

Two states that are equal here are the same to everybody who uses the product.
"""

from __future__ import annotations

import json
import re
from typing import Any

from django.apps import apps
from django.db import models

from apps.accounts.models import TokenBucket
from apps.jobs.models import Job, WorkerHeartbeat
from apps.projects.models import AuditEntry, Change
from apps.storage.models import StoredFile

OURS = "apps."
# Who tries his password is counted whatever comes of it; who works says so all the time.
LEFT_OUT = {TokenBucket, WorkerHeartbeat}
# How a job went is no result; keys and hashes are made by chance; thumbnails of time.
VOLATILE = {"log", "password", "digest", "prefix", "path", "last_seq", "seq", "last_login", "process_id", "attempt"}
MADE_UP = re.compile(r"\b(chr_\w{8}|[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\b)")

State = dict[str, list[str]]


def state_of_everything(*, jobs: bool = True) -> State:
    """Every row of ours as text. Without jobs: what they made, not how far they are."""
    found = {}
    for model in apps.get_models():
        if model.__module__.startswith(OURS) and model not in LEFT_OUT and (jobs or model is not Job):
            rows = model._default_manager.all()
            if model in {Change, AuditEntry} and not jobs:
                rows = rows.exclude(target_type="job")
            fields = [field for field in model._meta.concrete_fields if field.name not in VOLATILE]
            found[model.__name__] = sorted(_told(row, fields) for row in rows)
    return found


def difference(one: State, other: State) -> str:
    """The rows that only one of them has."""
    lines = []
    for name in sorted(one.keys() | other.keys()):
        first, second = one.get(name, []), other.get(name, [])
        lines += [f"- {name}: {row}" for row in first if row not in second]
        lines += [f"+ {name}: {row}" for row in second if row not in first]
    return "\n".join(lines)


def _told(row: models.Model, fields: list[Any]) -> str:
    facts = {field.name: _value(row, field) for field in fields}
    if isinstance(row, StoredFile):
        facts["has_file"] = bool(row.path)
    return json.dumps(facts, sort_keys=True, default=str)


def _value(row: models.Model, field: Any) -> Any:
    value = getattr(row, field.attname)
    if value is None:
        return None
    if field.is_relation:
        target = getattr(row, field.name)
        return getattr(target, "name", None) or getattr(target, "key", None) or field.related_model.__name__
    if isinstance(field, models.DateTimeField | models.UUIDField | models.AutoField):
        return "set"
    if isinstance(field, models.BinaryField):
        return bytes(value).hex()
    return MADE_UP.sub("#", value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str))
