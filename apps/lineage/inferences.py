"""Inferences, read from the columns of their set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.datasets import bitmaps
from apps.datasets.bitmaps import Rows
from apps.datasets.columns import read_rows
from apps.datasets.datapoint_facts import python_values
from apps.datasets.models import Category, Column
from apps.datasets.page_facts import page_fact
from apps.lineage.models import InferenceSet

COLUMNS = ["category_column", "confidence_column", "probabilities_column"]


@dataclass(frozen=True)
class ProbabilityOf:
    category: Category
    value: float


@dataclass(frozen=True)
class InferenceOf:
    """What a trained model says of one datapoint."""

    inference_set: InferenceSet
    category: Category | None
    confidence: float | None
    probabilities: list[ProbabilityOf] | None


def inference_count(inference_set: InferenceSet) -> int:
    return len(bitmaps.load(inference_set.category_column.present))


def version_of(inference_set: InferenceSet) -> int:
    """Rises with every change of any of the set's columns."""
    columns = [getattr(inference_set, name) for name in COLUMNS]
    return sum(column.version for column in columns if column is not None)


@page_fact("inferences")
def inferences_of(dataset_id: UUID, rows: Rows) -> Mapping[int, list[InferenceOf]]:
    """One inference of each row for every set that has one, newest set first."""
    found: dict[int, list[InferenceOf]] = defaultdict(list)
    sets = InferenceSet.objects.filter(dataset=dataset_id).select_related(*COLUMNS)
    for inference_set in sets.order_by("-created_at", "id"):
        codes = _values(inference_set.category_column, rows)
        confidences = _values(inference_set.confidence_column, rows)
        distributions = _values(inference_set.probabilities_column, rows)
        categories = Category.objects.in_bulk([*{code for code in codes if code}, *(inference_set.classes or [])])
        for row, code, confidence, shares in zip(rows.tolist(), codes, confidences, distributions, strict=True):
            if code is not None:
                found[row].append(
                    InferenceOf(
                        inference_set=inference_set,
                        category=categories.get(code),
                        confidence=confidence,
                        probabilities=_probabilities(inference_set.classes, shares, categories),
                    )
                )
    return found


def _values(column: Column | None, rows: Rows) -> list[Any]:
    return python_values(read_rows(column, rows), column.kind) if column is not None else [None] * len(rows)


def _probabilities(
    classes: list[int] | None, shares: Any, categories: Mapping[int, Category]
) -> list[ProbabilityOf] | None:
    """Each category with its probability; without those that were deleted since."""
    if shares is None or classes is None:
        return None
    values = shares if isinstance(shares, list) else [shares]
    return [
        ProbabilityOf(categories[code], value)
        for code, value in zip(classes, values, strict=True)
        if code in categories
    ]
