"""Logging: plan outside the transaction, commit in a short one.

The plan holds for one version of the dataset. If another writer was faster, everything is planned again; after some
tries inside the transaction, where nobody can be faster. Inside it too where the log brings new categories: the files
hold their ids, and without the log there must be no trace of them.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction

from apps.accounts.actor import Actor
from apps.common.errors import NotFound
from apps.datasets import bitmaps
from apps.datasets.living import add_rows
from apps.datasets.log.batch import LogBatch
from apps.datasets.log.categories import NewCategories, find_categories, resolve_categories, still_exist
from apps.datasets.log.datapoints import write_datapoints
from apps.datasets.log.fields import FIELDS, FieldPlan, PlanOutdated
from apps.datasets.log.placement import place_objects
from apps.datasets.log.read import read_batch
from apps.datasets.log.target import Target, resolve_target
from apps.datasets.models import DatapointRole, Dataset, Upload, UploadState
from apps.projects import access
from apps.projects.journal import record_audit, record_change
from apps.projects.models import Project, Role
from apps.storage.staging import drop_staged

TRIES_OUTSIDE = 3


@dataclass(frozen=True)
class LogPlan:
    target: Target
    fields: Sequence[FieldPlan]

    @property
    def report(self) -> dict[str, int]:
        changed = np.zeros(len(self.target.rows), dtype=np.bool_)
        for field in self.fields:
            changed |= field.changed
        added, updated = self.target.added_count, int((changed & ~self.target.is_new).sum())
        report = {"added": added, "updated": updated, "unchanged": len(changed) - added - updated}
        return report if self.target.placement is None else report | {"removed": len(self.target.gone)}


def commit_log(*, actor: Actor, upload: Upload, content: bytes | bytearray) -> dict[str, int]:
    """Log the rows of an upload, all or nothing. Returns how many datapoints were added, updated and unchanged.

    Of objects it also says how many were removed: those of their parents and source that the upload does not name.
    """
    batch = read_batch(content, dataset=upload.dataset, upload=upload)
    for _ in range(TRIES_OUTSIDE):
        try:
            return _commit(actor, upload, _plan(batch, _current(upload.dataset), find_categories))
        except PlanOutdated:
            continue
        except NewCategories:
            break
    with transaction.atomic():
        return _commit(actor, upload, _plan(batch, _lock(upload)[1], resolve_categories))


def _plan(batch: LogBatch, dataset: Dataset, categories: Callable[[Project, set[str]], dict[str, int]]) -> LogPlan:
    placement = place_objects(batch, dataset) if batch.upload.role == DatapointRole.OBJECT else None
    batch = batch if placement is None else placement.batch
    target = resolve_target(batch, dataset, placement)
    for field in FIELDS:
        field.check(batch, target)
    target.categories = categories(dataset.project, batch.category_names)
    plans = (field.plan(batch, target) for field in FIELDS)
    return LogPlan(target, [plan for plan in plans if plan is not None])


@transaction.atomic
def _commit(actor: Actor, upload: Upload, plan: LogPlan) -> dict[str, int]:
    """Write the plan. Raises PlanOutdated where the dataset is no longer what the plan saw."""
    upload, dataset = _lock(upload)
    # Asked again, now that nobody can be taken out of the project until this is committed.
    access.require_role(actor, dataset.project, Role.EDITOR)
    if upload.report is not None:
        return dict(upload.report)
    if dataset.version != plan.target.dataset.version or not still_exist(dataset.project, plan.target.categories):
        raise PlanOutdated
    report = plan.report
    if report["added"] or report["updated"] or report.get("removed"):
        _write(dataset, plan, report)
        record_change(dataset.project, kind="logged", target=dataset, version=dataset.version)
    record_audit(actor=actor, project=dataset.project, action="logged", target=dataset, after=report)
    drop_staged(upload.chunks.all())
    upload.state, upload.report = UploadState.COMMITTED, report
    upload.save(update_fields=["state", "report"])
    return report


def _write(dataset: Dataset, plan: LogPlan, report: dict[str, int]) -> None:
    target = plan.target
    target.action = uuid.uuid4()
    target.dataset = dataset
    for field in plan.fields:
        field.prepare(target)
    write_datapoints(target)
    for field in plan.fields:
        field.commit(target)
    add_rows(dataset, bitmaps.of_rows(target.rows[target.is_new]), are_objects=target.placement is not None)
    dataset.next_row += report["added"]
    dataset.version += 1
    dataset.save()


def _lock(upload: Upload) -> tuple[Upload, Dataset]:
    """Lock upload, dataset and project, in this order everywhere.

    The dataset's lock keeps out other logs, the project's those who delete models or categories. Of two who commit the
    same upload, the second finds the report of the first.
    """
    locked = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if locked is None:
        raise NotFound("The dataset was deleted.")
    dataset = _current(upload.dataset, lock=True)
    Project.objects.select_for_update().get(pk=dataset.project_id)
    return locked, dataset


def _current(dataset: Dataset, *, lock: bool = False) -> Dataset:
    """The dataset as it is now; it may have been deleted meanwhile."""
    rows = Dataset.objects.select_related("project").filter(deleted_at=None, project__deleted_at=None)
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(pk=dataset.pk).first()
    if found is None:
        raise NotFound("The dataset was deleted.")
    return found
