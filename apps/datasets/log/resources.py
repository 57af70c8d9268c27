"""The resource of a datapoint: a text, a URI, or a file that was uploaded before."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np
from django.utils import timezone

from apps.datasets.log import table
from apps.datasets.log.batch import LogBatch, Mask, check_text
from apps.datasets.log.columns import TEXT, ColumnRule
from apps.datasets.log.fields import logged_field
from apps.datasets.log.target import Target
from apps.datasets.models import ResourceKind, Upload
from apps.datasets.resources.roots import LONGEST_URI, granted_roots, uri_problem

LONGEST_TEXT = 100_000
KINDS = {"text": ResourceKind.TEXT, "uri": ResourceKind.URI, "file": ResourceKind.FILE}


@dataclass
class ResourcePlan:
    """Resources that are not there yet are made in the commit; until then they have no id."""

    changed: Mask
    # By kind: the checksum of each new resource, its content, and the places in the batch that it goes to.
    missing: dict[ResourceKind, dict[str, str]] = field(default_factory=dict)
    waiting: list[tuple[int, ResourceKind, str]] = field(default_factory=list)

    def prepare(self, target: Target) -> None:
        made: dict[tuple[ResourceKind, str], int] = {}
        for kind, contents in self.missing.items():
            ids = _get_or_create(target, kind, contents)
            made |= {(kind, sha256): pk for sha256, pk in ids.items()}
        for place, kind, sha256 in self.waiting:
            target.new_resource_ids[place] = made[kind, sha256]

    def commit(self, target: Target) -> None:
        """Nothing refers to a resource but the datapoint itself."""


@logged_field
class ResourceField:
    """One resource a datapoint; equal ones of a project are kept once."""

    def rule_for(self, column: str, upload: Upload) -> ColumnRule | None:
        return TEXT if column in KINDS else None

    def clears(self, word: str) -> bool:
        return word == "resource"

    def check(self, batch: LogBatch, target: Target) -> None:
        given = np.sum([batch.given(column) for column in KINDS], axis=0)
        named = next((column for column in KINDS if batch.has(column)), "text")
        batch.fail(named, given > 1, "has more than one of text, uri and file; give one.")
        batch.fail(named, (given > 0) & batch.cleared("resource"), "is both given and cleared.")
        if batch.has("text"):
            check_text(batch, "text", at_most=LONGEST_TEXT)
        if batch.has("uri"):
            _check_uris(batch)
        if batch.has("file"):
            _check_files(batch)

    def plan(self, batch: LogBatch, target: Target) -> ResourcePlan | None:
        cleared = batch.cleared("resource")
        columns = [column for column in KINDS if batch.given(column).any()]
        if not columns and not cleared.any():
            return None
        plan = ResourcePlan(changed=cleared & (target.resource_ids != 0))
        target.new_resource_ids[cleared] = 0
        for column in columns:
            _plan_column(batch, target, plan, column)
        return plan


def _plan_column(batch: LogBatch, target: Target, plan: ResourcePlan, column: str) -> None:
    kind = KINDS[column]
    contents = batch.column(column).to_pylist()
    checksums = {place: _checksum(kind, content) for place, content in enumerate(contents) if content is not None}
    known = table.find_resources(target.dataset.project_id, kind.value, sorted(set(checksums.values())))
    missing = plan.missing.setdefault(kind, {})
    for place, sha256 in checksums.items():
        pk = known.get(sha256, 0)
        if pk == 0:
            missing[sha256] = contents[place]
            plan.waiting.append((place, kind, sha256))
        plan.changed[place] = pk == 0 or pk != target.resource_ids[place]
        target.new_resource_ids[place] = pk


def _checksum(kind: ResourceKind, content: str) -> str:
    return content.lower() if kind == ResourceKind.FILE else hashlib.sha256(content.encode()).hexdigest()


def _get_or_create(target: Target, kind: ResourceKind, contents: dict[str, str]) -> dict[str, int]:
    project_id, now = target.dataset.project_id, table.kept_time(timezone.now())
    known = table.find_resources(project_id, kind.value, sorted(contents))
    media_type = "text/plain" if kind == ResourceKind.TEXT else ""
    pixels = (None, None)
    table.insert_resources(
        (table.kept_id(project_id), kind.value, content, media_type, "", 0, len(content.encode()), sha256, *pixels, now)
        for sha256, content in contents.items()
        if sha256 not in known
    )
    return table.find_resources(project_id, kind.value, sorted(contents))


def _check_uris(batch: LogBatch) -> None:
    check_text(batch, "uri", at_least=1, at_most=LONGEST_URI)
    roots = granted_roots(batch.dataset.project_id)
    for row, uri in enumerate(batch.column("uri").to_pylist()):
        problem = uri_problem(uri, roots) if uri is not None else None
        if problem:
            batch.fail_at("uri", row, f"{problem}.")


def _check_files(batch: LogBatch) -> None:
    check_text(batch, "file", at_least=64, at_most=64)
    sent = [sha256 and sha256.lower() for sha256 in batch.column("file").to_pylist()]
    known = table.find_resources(batch.dataset.project_id, ResourceKind.FILE.value, sorted(set(filter(None, sent))))
    for row, sha256 in enumerate(sent):
        if sha256 is not None and sha256 not in known:
            batch.fail_at("file", row, f"no file with the checksum {sha256[:64]!r} was uploaded to this project yet.")
