"""Edits of named things: people take turns, and nobody overwrites by accident what they have not seen."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from apps.common.edited import EditedModel
from apps.common.errors import Conflict
from apps.projects import access
from apps.projects.journal import type_name
from apps.projects.models import AuditEntry

E = TypeVar("E", bound=EditedModel)

# The actions that raise a version; "created" gives the first.
EDITS = ("created", "renamed", "updated", "frozen")
LONGEST_VALUE = 200


def lock_for_edit(row: E, *, expected_version: int | None, field: str = "name") -> E:
    """The row as it is now, locked and counted as edited; the service changes and saves it with its `edit_version`.

    Raises NotFound where it was deleted meanwhile, Conflict where the editor saw another version of it.
    """
    found = access.lock(row)
    refuse_stale(found, version=found.edit_version, expected_version=expected_version, field=field)
    found.edit_version += 1
    return found


def refuse_stale(row: models.Model, *, version: int, expected_version: int | None, field: str) -> None:
    """Raise Conflict unless the editor saw this version: what stands in `field` now, and who wrote it when."""
    if expected_version in {None, version}:
        return
    noun, value = row._meta.verbose_name, str(getattr(row, field))
    shown = value if len(value) <= LONGEST_VALUE else f"{value[:LONGEST_VALUE]}…"
    raise Conflict(
        f"This {noun} is not as you saw it: its {field} is “{shown}” now{_last_edit(row)}. "
        f"Its version is {version}, not {expected_version}.",
        field="expectedVersion",
    )


def _last_edit(row: models.Model) -> str:
    entries = AuditEntry.objects.filter(project=access.project_of(row), target_id=str(row.pk), action__in=EDITS)
    entry = entries.filter(target_type=type_name(row)).first()
    return f", saved by {entry.actor_name} at {entry.at:%Y-%m-%d %H:%M:%S} UTC" if entry else ""
