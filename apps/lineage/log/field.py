"""Logging inferences: category, confidence and class probabilities of one trained model."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from apps.datasets.log.batch import LogBatch, Mask, vectors_of
from apps.datasets.log.categories import check_category_count
from apps.datasets.log.column_plan import ColumnPlan, plan_column
from apps.datasets.log.columns import FLOAT32, TEXT, ColumnRule, is_vector
from apps.datasets.log.fields import logged_field
from apps.datasets.log.names import category_ids, check_category_column
from apps.datasets.log.target import Ids, Target
from apps.datasets.models import Column, Upload
from apps.lineage.log.checks import check_confidence, check_probabilities
from apps.lineage.log.plan import InferencePlan, inference_sets

COLUMNS = ("inference", "confidence", "probabilities")


@logged_field
class InferenceField:
    """Each trained model has inferences of its own: a new `version=` overwrites nothing."""

    def rule_for(self, column: str, upload: Upload) -> ColumnRule | None:
        if column == "probabilities":
            return _probabilities_rule(upload)
        return {"inference": TEXT, "confidence": FLOAT32}.get(column)

    def clears(self, word: str) -> bool:
        return word == "inference"

    def check(self, batch: LogBatch, target: Target) -> None:
        for column in COLUMNS:
            batch.fail(column, batch.given(column) & batch.cleared("inference"), "is both given and cleared.")
        check_category_column(batch, "inference")
        if batch.has("confidence"):
            check_confidence(batch, target)
        if batch.has("probabilities"):
            check_probabilities(batch)
            check_category_count(batch.dataset.project, batch.category_names)

    def plan(self, batch: LogBatch, target: Target) -> InferencePlan | None:
        cleared = batch.cleared("inference")
        if not cleared.any() and not any(batch.given(column).any() for column in COLUMNS):
            return None
        inference_set = inference_sets(batch.upload).first()
        columns = (
            (inference_set.category_column, inference_set.confidence_column, inference_set.probabilities_column)
            if inference_set
            else (None, None, None)
        )
        classes = _class_ids(batch, target)
        category = _plan_categories(batch, target, classes, columns[0], cleared)
        confidence = _plan_numbers(batch, target, "confidence", columns[1], cleared)
        probabilities = _plan_numbers(batch, target, "probabilities", columns[2], cleared)
        if not (category or confidence or probabilities):
            return None
        changed = category.changed | confidence.changed | probabilities.changed
        return InferencePlan(changed, batch.upload, inference_set, category, confidence, probabilities, classes)


def _probabilities_rule(upload: Upload) -> ColumnRule:
    if upload.classes is None:
        return ColumnRule(lambda kind: False, "a fixed_size_list of float32, with its classes declared")
    width = len(upload.classes)
    return ColumnRule(
        lambda kind: is_vector(kind, width, (pa.float32(),)), f"fixed_size_list<float32>[{width}], one for each class"
    )


def _class_ids(batch: LogBatch, target: Target) -> list[int] | None:
    if not batch.has("probabilities"):
        return None
    return [target.categories[name] for name in batch.upload.classes or []]


def _plan_categories(
    batch: LogBatch, target: Target, classes: list[int] | None, column: Column | None, cleared: Mask
) -> ColumnPlan:
    """Where a row has probabilities but names no category, the most probable class is its inference."""
    ids: Ids = np.zeros(batch.row_count, dtype=np.int64)
    if batch.has("inference"):
        ids = category_ids(batch, "inference", target)
    if classes is not None:
        derived = (ids == 0) & batch.given("probabilities")
        ids[derived] = np.array(classes)[vectors_of(batch, "probabilities")[derived].argmax(axis=1)]
    return plan_column(target, column, dtype="int64", values=ids, given=ids != 0, cleared=cleared)


def _plan_numbers(batch: LogBatch, target: Target, name: str, column: Column | None, cleared: Mask) -> ColumnPlan:
    given = batch.given(name)
    values = None
    if given.any():
        values = (
            vectors_of(batch, name)
            if name == "probabilities"
            else batch.column(name).fill_null(0).to_numpy(zero_copy_only=False)
        )
    return plan_column(target, column, dtype="float32", values=values, given=given, cleared=cleared)
