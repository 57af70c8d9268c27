"""Inferences, read from the columns of their set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.common.errors import LimitExceeded
from apps.datasets import bitmaps
from apps.datasets.bitmaps import Rows
from apps.datasets.columns import read_rows
from apps.datasets.datapoint_facts import python_values
from apps.datasets.models import Category, Column
from apps.datasets.page_facts import page_fact
from apps.lineage.models import InferenceSet

COLUMNS = ["category_column", "confidence_column", "probabilities_column"]
# A set may have 10,000 classes, and a page 500 datapoints.
MOST_PROBABILITIES = 20_000


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
    # The probabilities as they are stored, what their classes are, and how many of them the page holds in all.
    shares: list[float] | None
    categories: Mapping[int, Category]
    page_size: int

    @property
    def probabilities(self) -> list[ProbabilityOf] | None:
        """Each category with its probability; without those that were deleted since."""
        if self.shares is None or self.inference_set.classes is None:
            return None
        if self.page_size > MOST_PROBABILITIES:
            raise LimitExceeded(
                f"This page holds {self.page_size:,} probabilities of one trained model; at most "
                f"{MOST_PROBABILITIES:,} are given at once. Ask for fewer datapoints (first).",
                field="probabilities",
            )
        pairs = zip(self.inference_set.classes, self.shares, strict=True)
        return [ProbabilityOf(self.categories[code], value) for code, value in pairs if code in self.categories]


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
                        shares=shares,
                        categories=categories,
                        page_size=len(rows) * len(inference_set.classes or []),
                    )
                )
    return found


def _values(column: Column | None, rows: Rows) -> list[Any]:
    return python_values(read_rows(column, rows), column.kind) if column is not None else [None] * len(rows)
